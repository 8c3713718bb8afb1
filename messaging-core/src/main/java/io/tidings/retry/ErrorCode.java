package io.tidings.retry;

import io.tidings.message.ErrorKind;
import io.tidings.message.Failure;

/**
 * One row of the error-code table: what a provider's code means and what follows from it.
 *
 * @param code the provider's code, 0 for "none given"
 * @param family where the code turns up
 * @param handling what Tidings does
 * @param explanation what happened, in plain words for an operator; no numbers or texts of messages
 * @param advice what the operator can do
 */
public record ErrorCode(int code, Family family, Handling handling, String explanation, String advice) {

    /** Refuses a negative code and empty words. */
    public ErrorCode {
        if (code < 0) {
            throw new IllegalArgumentException("an error code is 0 (none given) or positive, got " + code);
        }
        if (explanation.isBlank() || advice.isBlank()) {
            throw new IllegalArgumentException("error code " + code
                    + " needs an explanation and advice: an operator will read them when a message fails");
        }
    }

    /** The same code, handled differently. */
    public ErrorCode withHandling(Handling other) {
        return new ErrorCode(code, family, other, explanation, advice);
    }

    /** The same code in the host's own words. */
    public ErrorCode withWords(String otherExplanation, String otherAdvice) {
        return new ErrorCode(code, family, handling, otherExplanation, otherAdvice);
    }

    /** The class of the error. */
    public ErrorKind kind() {
        return handling.kind();
    }

    /** The row as it is stored with an attempt and shown to people. */
    public Failure failure() {
        return new Failure(code, kind(), explanation, advice);
    }

    /** Where a code turns up. */
    public enum Family {
        /** In any answer of Twilio's API. */
        API("Any request"),
        /** In the answer to a message's request. */
        REQUEST("Refused when the message was handed over"),
        /** In a status callback, after Twilio had accepted the message. */
        DELIVERY("Failed or undelivered after Twilio had accepted the message"),
        /** On WhatsApp and RCS. */
        CHANNEL("WhatsApp and RCS"),
        /** On calls. */
        VOICE("Calls"),
        /** In Twilio's debugger, about the host's webhooks. */
        WEBHOOK("Webhooks and their answers"),
        /** In Verify, Lookup, and when numbers are bought or moved. */
        SERVICE("Verify, Lookup and numbers"),
        /** Not in the table. */
        UNLISTED("Not in the table");

        private final String title;

        Family(String title) {
            this.title = title;
        }

        /** The family's name for people. */
        public String title() {
            return title;
        }
    }
}
