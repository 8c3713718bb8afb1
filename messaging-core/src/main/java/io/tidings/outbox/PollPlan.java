package io.tidings.outbox;

import java.time.Duration;
import java.util.List;

/**
 * When the provider is asked about a message whose final state has not come in: callbacks get lost, and by default Twilio
 * does not repeat one that our side answered badly.
 *
 * @param waits from one question to the next; after the last one nothing more is asked
 */
public record PollPlan(List<Duration> waits) {

    /** Checks the waits. */
    public PollPlan {
        waits = List.copyOf(waits);
        if (waits.stream().anyMatch(wait -> wait.isNegative() || wait.isZero())) {
            throw new IllegalArgumentException("waits between polls must be positive, got " + waits);
        }
    }

    /** Where callbacks come in as well: after 1 and 5 and 30 minutes, 2 and 11 hours, each counted from the one before. */
    public static PollPlan besideCallbacks() {
        return new PollPlan(List.of(
                Duration.ofMinutes(1),
                Duration.ofMinutes(5),
                Duration.ofMinutes(30),
                Duration.ofHours(2),
                Duration.ofHours(11)));
    }

    /** Where no public address exists, so that asking is the only way: seconds at first, then as above. */
    public static PollPlan withoutCallbacks() {
        return new PollPlan(List.of(
                Duration.ofSeconds(2),
                Duration.ofSeconds(3),
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                Duration.ofSeconds(20),
                Duration.ofMinutes(1),
                Duration.ofMinutes(5),
                Duration.ofMinutes(30),
                Duration.ofHours(2),
                Duration.ofHours(11)));
    }

    /** The same with all waits multiplied; never below a millisecond. */
    public PollPlan scaledBy(double factor) {
        return new PollPlan(waits.stream()
                .map(wait -> Duration.ofMillis(Math.max(1, Math.round(wait.toMillis() * factor))))
                .toList());
    }
}
