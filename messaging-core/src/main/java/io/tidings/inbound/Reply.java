package io.tidings.inbound;

import io.tidings.message.Content;
import java.util.Locale;
import java.util.Map;

/** What a handler answers. */
public sealed interface Reply {

    /** Nothing is said. */
    record None() implements Reply {}

    /** This is said. */
    record Say(Content content) implements Reply {}

    /** Says nothing. */
    static Reply none() {
        return new None();
    }

    /** Says a text of 1 to 1600 characters. Throws {@link io.tidings.message.InvalidContentException} for others. */
    static Reply text(String text) {
        return new Say(new Content.Text(text));
    }

    /** Says the newest version of a template. */
    static Reply template(String name, Locale locale, Map<String, String> variables) {
        return new Say(new Content.Templated(name, null, locale, variables));
    }

    /** Says any content. */
    static Reply of(Content content) {
        return new Say(content);
    }
}
