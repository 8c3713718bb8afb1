package io.tidings.consent;

import org.jspecify.annotations.Nullable;

/**
 * Whether a person may be contacted, and why.
 *
 * @param rule what decided
 * @param entry the entry of the ledger that decided, or {@code null} if there was none
 */
public record ConsentAnswer(Rule rule, @Nullable ConsentEntry entry) {

    /** Whether contact is allowed. */
    public boolean allowed() {
        return rule.allows;
    }

    /** One sentence for people. */
    public String reason() {
        return rule.reason;
    }

    /** What can decide. */
    public enum Rule {
        /** Nobody objected, and this category needs no opt-in. */
        NO_OPT_OUT(true, "the recipient has not opted out"),
        /** An opt-in covers it. */
        OPTED_IN(true, "the recipient opted in"),
        /** It is the one answer that the person's own word permits. */
        ANSWERS_THE_PERSON(true, "it is the one answer to what the recipient asked for"),
        /** It is the request of a double opt-in. */
        ASKS_FOR_OPT_IN(true, "it asks the recipient to confirm an opt-in"),
        /** An opt-out covers it. */
        OPTED_OUT(false, "the recipient opted out"),
        /** The provider refuses this sender to this person until START is texted. */
        BLOCKED_BY_PROVIDER(
                false, "the provider reported that the recipient opted out; only START from the handset helps"),
        /** The category needs an opt-in, and there is none. */
        NO_OPT_IN(false, "this category needs an opt-in, and there is none");

        private final boolean allows;
        private final String reason;

        Rule(boolean allows, String reason) {
            this.allows = allows;
            this.reason = reason;
        }

        boolean allows() {
            return allows;
        }

        String reason() {
            return reason;
        }
    }
}
