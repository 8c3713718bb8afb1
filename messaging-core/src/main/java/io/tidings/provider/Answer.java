package io.tidings.provider;

/** What reading from the provider gives. */
public sealed interface Answer<T> {

    /** The thing asked for. */
    record Found<T>(T value) implements Answer<T> {}

    /** The provider knows no such thing. */
    record Missing<T>() implements Answer<T> {}

    /**
     * No usable answer this time.
     *
     * @param code the provider's error code, 0 if there was no answer
     * @param cause a short word for the log
     */
    record Failed<T>(int code, String cause) implements Answer<T> {}
}
