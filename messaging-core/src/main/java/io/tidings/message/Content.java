package io.tidings.message;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a message says. The envelope is {@link OutboundMessage}; only the content differs by channel. */
public sealed interface Content {

    /** Plain text. */
    record Text(MessageBody body) implements Content {
        /** Refuses an empty text. */
        public Text {
            if (body.text().isBlank()) {
                throw new InvalidContentException("the text is empty; a carrier would refuse it");
            }
        }

        /** The text given as a string. */
        public Text(String text) {
            this(new MessageBody(text));
        }
    }

    /** Media with an optional text; travels as MMS. */
    record Media(MessageBody body, List<URI> media) implements Content {
        private static final int MOST = 10;

        /** Checks that there are 1 to 10 http(s) addresses (Twilio: 21623, 21620). */
        public Media {
            media = List.copyOf(media);
            if (media.isEmpty() || media.size() > MOST) {
                throw new InvalidContentException(
                        "a media message has 1 to " + MOST + " addresses, got " + media.size());
            }
            for (URI uri : media) {
                boolean web = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
                if (!web || uri.getHost() == null) {
                    throw new InvalidContentException(
                            "media addresses are absolute http or https addresses that the provider can fetch");
                }
            }
        }

        /** Without the addresses: they may hold tokens. */
        @Override
        public String toString() {
            return "Media[body=" + body + ", media=" + media.size() + "]";
        }
    }

    /**
     * A template to be rendered when the message is taken in; becomes {@link Text} before anything is stored.
     *
     * @param name the template's name
     * @param version the version, or {@code null} for the newest
     * @param locale the wanted language
     * @param variables a value for each variable of the template, no more and no fewer
     */
    record Templated(String name, @Nullable Integer version, Locale locale, Map<String, String> variables)
            implements Content {
        /** Checks the name and copies the variables. */
        public Templated {
            Names.requirePlain("a template's name", name, 64);
            if (version != null && version < 1) {
                throw new IllegalArgumentException("versions of a template are numbered from 1, got " + version);
            }
            requireNonNull(locale, "locale");
            variables = Map.copyOf(variables);
        }

        /** Throws: render it first. */
        @Override
        public MessageBody body() {
            throw new InvalidContentException("the template was not rendered");
        }

        @Override
        public String toString() {
            return "Templated[name=" + name + ", version=" + version + ", locale=" + locale + ", variables="
                    + variables.keySet() + "]";
        }
    }

    /**
     * A template that WhatsApp approved, for outside the 24-hour window, with the text that says the same inside it.
     *
     * @param contentSid the provider's id of the template: HX and 32 hexadecimal digits
     * @param variables a value for each of its variables, by their numbers or names
     * @param text what it says; empty if only the template itself may be sent
     */
    record Approved(String contentSid, Map<String, String> variables, MessageBody text) implements Content {
        /** Checks the id and copies the variables. */
        public Approved {
            if (!contentSid.matches("HX[0-9a-fA-F]{32}")) {
                throw new InvalidContentException("a content SID is HX and 32 hexadecimal digits");
            }
            requireNonNull(text, "text");
            variables = Map.copyOf(variables);
        }

        @Override
        public MessageBody body() {
            return text;
        }

        @Override
        public String toString() {
            return "Approved[contentSid=" + contentSid + ", variables=" + variables.keySet() + ", text=" + text + "]";
        }
    }

    /** What it says; empty for media or an approved template alone. A template that was not rendered says nothing yet. */
    MessageBody body();

    /** Calls the one function that fits, so that a new variant does not compile until it is handled. */
    default <R> R match(Cases<R> cases) {
        if (this instanceof Text text) {
            return cases.text(text);
        }
        if (this instanceof Media media) {
            return cases.media(media);
        }
        if (this instanceof Approved approved) {
            return cases.approved(approved);
        }
        return cases.templated((Templated) this);
    }

    /** One function per variant. */
    interface Cases<R> {
        /** For plain text. */
        R text(Text text);

        /** For media. */
        R media(Media media);

        /** For a template not rendered yet. */
        R templated(Templated templated);

        /** For a template that WhatsApp approved. */
        R approved(Approved approved);
    }
}
