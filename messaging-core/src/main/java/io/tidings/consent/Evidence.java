package io.tidings.consent;

import io.tidings.message.Channel;
import io.tidings.message.Sender;
import org.jspecify.annotations.Nullable;

/**
 * How an entry of the ledger can be proved.
 *
 * @param source how it is known
 * @param actor who recorded it: a form, a login name, {@code the person}, {@code the provider}; never a number
 * @param text the words, as they were said or shown, or {@code null}; erased with the person
 * @param reference names the event once and for all, for example the SID of the inbound message, or {@code null}; a
 *     ledger takes each reference of a tenant once
 * @param route what it was said to, or {@code null} if it was not said in a message
 */
public record Evidence(
        Source source,
        String actor,
        @Nullable Verbatim text,
        @Nullable String reference,
        @Nullable Route route) {
    private static final int LONGEST = 255;

    /** Checks actor and reference. */
    public Evidence {
        requirePrintable("an actor", actor);
        if (reference != null) {
            requirePrintable("a reference", reference);
        }
    }

    /** The host recorded it: a form, an employee, another system. */
    public static Evidence host(String actor) {
        return new Evidence(Source.HOST, actor, null, null, null);
    }

    /** It was taken over from a list. */
    public static Evidence imported(String actor) {
        return new Evidence(Source.IMPORT, actor, null, null, null);
    }

    /** The same with the words that the person said or agreed to. */
    public Evidence withText(String words) {
        return new Evidence(source, actor, new Verbatim(words), reference, route);
    }

    /** The same with a name for the event, so that it is recorded once however often it is reported. */
    public Evidence withReference(String event) {
        return new Evidence(source, actor, text, event, route);
    }

    /** The same after the person was erased. */
    public Evidence withoutText() {
        return new Evidence(source, actor, null, reference, route);
    }

    private static void requirePrintable(String what, String value) {
        if (value.isBlank() || value.length() > LONGEST || value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    what + " must be 1 to " + LONGEST + " printable characters, without line breaks or control codes");
        }
    }

    /** How an entry is known. */
    public enum Source {
        /** The host says so: a form, an employee, another system. */
        HOST,
        /** A list that was taken over. */
        IMPORT,
        /** A keyword in a message from the number itself, recognised by Tidings. */
        KEYWORD,
        /** A keyword in a message from the number itself, recognised by Twilio's Advanced Opt-Out. */
        OPT_OUT_TYPE,
        /** The number itself confirmed a request. */
        DOUBLE_OPT_IN,
        /** The provider refused a message for this reason (Twilio: 21610, 30630, 63014, 63033). */
        PROVIDER_ERROR;

        /** Whether it was said from the number itself. */
        public boolean isThePerson() {
            return this == KEYWORD || this == OPT_OUT_TYPE || this == DOUBLE_OPT_IN;
        }

        /** Whether an opt-in of the host takes it back. */
        boolean isTheHost() {
            return this == HOST || this == IMPORT;
        }
    }

    /**
     * What something was said to.
     *
     * @param sender the number or short code, or the messaging service that it belongs to
     * @param channel how it came
     */
    public record Route(Sender sender, Channel channel) {}

    /**
     * Words as they were written, at most 4096 characters. Prints only their length.
     *
     * @param text the words
     */
    public record Verbatim(String text) {
        private static final int LONGEST = 4096;

        /** Cuts what is longer, and replaces what a database cannot hold. */
        public Verbatim {
            text = storable(text.length() > LONGEST ? text.substring(0, LONGEST) : text);
        }

        private static String storable(String text) {
            StringBuilder clean = new StringBuilder(text.length());
            text.codePoints()
                    .map(each -> each == 0 || (each >= Character.MIN_SURROGATE && each <= Character.MAX_SURROGATE)
                            ? 0xFFFD
                            : each)
                    .forEach(clean::appendCodePoint);
            return clean.toString();
        }

        @Override
        public String toString() {
            return "Verbatim[" + text.length() + " characters]";
        }
    }
}
