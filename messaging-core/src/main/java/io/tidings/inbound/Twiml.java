package io.tidings.inbound;

import java.io.StringWriter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes the answer to a webhook; only ever with an XML writer, because what is said may quote what a stranger wrote. */
final class Twiml {
    /** Says nothing. */
    static final String EMPTY = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response></Response>";

    private Twiml() {}

    /** One message with this text, without the characters that XML 1.0 cannot hold; empty if nothing is left. */
    static String message(String text) {
        String legal = legal(text);
        if (legal.isBlank()) {
            return EMPTY;
        }
        StringWriter document = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(document);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("Response");
            xml.writeStartElement("Message");
            xml.writeCharacters(legal);
            xml.writeEndElement();
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a string cannot refuse characters", e);
        }
        return document.toString();
    }

    /** Line ends become what a parser makes of them anyway. */
    static String legal(String text) {
        StringBuilder legal = new StringBuilder(text.length());
        text.replace("\r\n", "\n")
                .replace('\r', '\n')
                .codePoints()
                .filter(Twiml::isLegal)
                .forEach(legal::appendCodePoint);
        return legal.toString();
    }

    private static boolean isLegal(int point) {
        return point == '\t'
                || point == '\n'
                || (point >= 0x20 && point <= 0xD7FF)
                || (point >= 0xE000 && point <= 0xFFFD)
                || point >= 0x10000;
    }
}
