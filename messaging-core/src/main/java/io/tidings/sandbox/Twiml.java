package io.tidings.sandbox;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/** Reads what an inbound webhook answers. A document type, and so every entity of one's own, is refused. */
final class Twiml {
    private Twiml() {}

    /**
     * One message to send.
     *
     * @param to the recipient, if it is not who wrote
     * @param from the sender, if it is not who was written to
     * @param body the text
     * @param media where its media lie
     * @param callback where its statuses go
     */
    record Reply(
            @Nullable String to,
            @Nullable String from,
            String body,
            List<String> media,
            @Nullable String callback) {}

    /**
     * What an answer asks for.
     *
     * @param replies messages to send, in order
     * @param redirect where the rest of the document is; nothing after it counts
     */
    record Document(List<Reply> replies, @Nullable String redirect) {
        static final Document EMPTY = new Document(List.of(), null);
    }

    /**
     * Reads an answer; an empty one asks for nothing.
     *
     * @throws Refusal with the debugger's code
     */
    static Document read(HttpReply answer) {
        if (answer.body().isBlank()) {
            return Document.EMPTY;
        }
        if (answer.body().length() > HttpReply.LONGEST_BODY) {
            throw new Refusal(400, 11750);
        }
        String type = answer.contentType().split(";", -1)[0].strip().toLowerCase(Locale.ROOT);
        return switch (type) {
            case "text/plain" -> new Document(List.of(new Reply(null, null, answer.body(), List.of(), null)), null);
            case "text/xml", "application/xml", "text/html" -> document(root(answer.body()));
            default -> throw new Refusal(400, 12300);
        };
    }

    private static Element root(String text) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setExpandEntityReferences(false);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new Silent());
            return builder.parse(new InputSource(new StringReader(text))).getDocumentElement();
        } catch (SAXException | IOException e) {
            throw new Refusal(400, 12100);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("This JVM lacks a safe XML parser: use one with the standard modules", e);
        }
    }

    /** The parser's own handler prints. */
    private static final class Silent extends DefaultHandler {
        @Override
        public void error(SAXParseException e) throws SAXException {
            throw e;
        }
    }

    private static Document document(Element root) {
        if (!root.getTagName().equals("Response")) {
            throw new Refusal(400, 12102);
        }
        List<Reply> replies = new ArrayList<>();
        for (Element verb : children(root)) {
            switch (verb.getTagName()) {
                case "Message" -> replies.add(reply(verb));
                case "Redirect" -> {
                    return new Document(replies, redirect(verb));
                }
                // The verbs of calls: not for this sandbox.
                default -> throw new Refusal(400, 12200);
            }
        }
        return new Document(replies, null);
    }

    /** By POST, like every webhook of the sandbox. */
    private static String redirect(Element verb) {
        String method = verb.getAttribute("method");
        if (!method.isEmpty() && !method.equalsIgnoreCase("POST")) {
            throw new Refusal(400, 12200);
        }
        return verb.getTextContent().strip();
    }

    private static Reply reply(Element verb) {
        List<String> media = new ArrayList<>();
        StringBuilder body = new StringBuilder();
        List<Element> nouns = children(verb);
        for (Element noun : nouns) {
            switch (noun.getTagName()) {
                case "Body" -> body.append(noun.getTextContent());
                case "Media" -> media.add(noun.getTextContent().strip());
                default -> throw new Refusal(400, 12200);
            }
        }
        String text = nouns.isEmpty() ? verb.getTextContent().strip() : body.toString();
        return new Reply(
                attribute(verb, "to"), attribute(verb, "from"), text, media, attribute(verb, "statusCallback"));
    }

    private static @Nullable String attribute(Element element, String name) {
        String value = element.getAttribute(name);
        return value.isEmpty() ? null : value;
    }

    private static List<Element> children(Element element) {
        List<Element> children = new ArrayList<>();
        for (Node each = element.getFirstChild(); each != null; each = each.getNextSibling()) {
            if (each instanceof Element child) {
                children.add(child);
            }
        }
        return children;
    }
}
