package io.tidings.endpoint;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** Carries a signed event to an endpoint: one request each, never repeated by itself. Safe for use by many threads. */
public interface Courier extends AutoCloseable {

    /** Throws {@link io.tidings.message.NotConfiguredException} if it would never call this address, and says why. */
    void check(URI url);

    /** Posts the body and waits for the beginning of an answer, for a bounded time. Throws nothing. */
    Answer post(URI url, Map<String, String> headers, byte[] body);

    /** Lets its connections go. */
    @Override
    void close();

    /** What came back. */
    sealed interface Answer {}

    /**
     * An answer.
     *
     * @param code its HTTP status
     * @param retryAfter how long it asks to be left alone, zero if it does not
     */
    record Answered(int code, Duration retryAfter) implements Answer {}

    /**
     * None.
     *
     * @param why in words of our own, without the address
     */
    record Silent(String why) implements Answer {}
}
