package io.tidings.provider;

/**
 * Whether an account can send right now.
 *
 * @param state the answer
 * @param detail one sentence for people, without secrets
 */
public record AccountCheck(State state, String detail) {

    /** What a check can find. */
    public enum State {
        /** The account is active and the credentials are right. */
        ACTIVE,
        /** The credentials are Twilio's test credentials: nothing is delivered, no callbacks come. */
        TEST_CREDENTIALS,
        /** The credentials are wrong or revoked. */
        REJECTED,
        /** The account is suspended or closed. */
        SUSPENDED,
        /** The provider did not answer in time. */
        UNREACHABLE
    }
}
