package io.tidings.message;

/** What a provider error means for the message. */
public enum ErrorKind {
    /** Nothing failed; the code is a notice. */
    NOTICE,
    /** Try the same request again after a backoff. */
    RETRY,
    /** Worth one or two more tries after minutes. */
    RETRY_LATER,
    /** Works again at a known time. */
    WAIT,
    /** It may have been processed: find out before doing anything. */
    AMBIGUOUS,
    /** Could go by another sender, channel or template. */
    OTHER_ROUTE,
    /** Somebody must change configuration, registration or balance first. */
    CONFIGURATION,
    /** This recipient or this content will never work. */
    PERMANENT
}
