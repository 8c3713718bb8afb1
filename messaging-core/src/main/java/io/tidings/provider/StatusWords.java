package io.tidings.provider;

import io.tidings.message.AttemptStatus;
import java.util.Locale;
import java.util.Map;

/**
 * Twilio's words for the state of a message, in answers and callbacks alike.
 *
 * <p>A word nobody knows yet, or none at all, means {@link AttemptStatus#ACCEPTED}: the provider has the message, and
 * the least of all provider facts never hides a better one. Twilio's {@code partially_delivered} counts as
 * {@link AttemptStatus#SENT}, which is not final; the two words of inbound messages count as sending and delivered.
 */
public final class StatusWords {
    private static final Map<String, AttemptStatus> BY_WORD = Map.ofEntries(
            Map.entry("accepted", AttemptStatus.ACCEPTED),
            Map.entry("scheduled", AttemptStatus.ACCEPTED),
            Map.entry("queued", AttemptStatus.QUEUED),
            Map.entry("sending", AttemptStatus.SENDING),
            Map.entry("receiving", AttemptStatus.SENDING),
            Map.entry("sent", AttemptStatus.SENT),
            Map.entry("partially_delivered", AttemptStatus.SENT),
            Map.entry("canceled", AttemptStatus.CANCELED),
            Map.entry("failed", AttemptStatus.FAILED),
            Map.entry("undelivered", AttemptStatus.UNDELIVERED),
            Map.entry("delivered", AttemptStatus.DELIVERED),
            Map.entry("received", AttemptStatus.DELIVERED),
            Map.entry("read", AttemptStatus.READ));

    private StatusWords() {}

    /** The status this word stands for; never fails. */
    public static AttemptStatus status(String word) {
        return BY_WORD.getOrDefault(word.toLowerCase(Locale.ROOT), AttemptStatus.ACCEPTED);
    }
}
