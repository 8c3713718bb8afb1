package io.tidings.endpoint;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * How events are delivered to endpoints.
 *
 * @param pauses the pause after each failed try, lengthened at random by up to a tenth; after the last one the delivery is
 *     set aside. Default: 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h and 24 h, which is the example of Standard
 *     Webhooks: ten tries in three days
 * @param disableAfter how long every delivery must have failed before the endpoint is disabled; default 5 days
 * @param atOnce most requests to one endpoint at once, by each node; default 4
 * @param lease how long a node may take for what it claimed; default 60 s, longer than the courier may take
 * @param keep after which time a delivery that never succeeded is removed; default 30 days
 */
public record DeliverySettings(
        List<Duration> pauses, Duration disableAfter, int atOnce, Duration lease, Duration keep) {
    private static final Duration LONGEST_WISH = Duration.ofDays(1);

    /** Checks the figures. */
    public DeliverySettings {
        pauses = List.copyOf(pauses);
        boolean positive = pauses.stream().allMatch(each -> each.toMillis() > 0)
                && disableAfter.toMillis() > 0
                && lease.toMillis() > 0
                && keep.toMillis() > 0;
        if (!positive || atOnce < 1 || atOnce > 100) {
            throw new IllegalArgumentException(
                    "pauses, lease and ages are positive, and 1 to 100 requests go to an endpoint at once; got "
                            + pauses + ", " + lease + ", " + disableAfter + ", " + keep + " and " + atOnce);
        }
    }

    /** The defaults named above. */
    public static DeliverySettings defaults() {
        return new DeliverySettings(
                List.of(
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(30),
                        Duration.ofHours(2),
                        Duration.ofHours(5),
                        Duration.ofHours(10),
                        Duration.ofHours(14),
                        Duration.ofHours(20),
                        Duration.ofHours(24)),
                Duration.ofDays(5),
                4,
                Duration.ofSeconds(60),
                Duration.ofDays(30));
    }

    /** The same with other pauses. */
    public DeliverySettings withPauses(List<Duration> others) {
        return new DeliverySettings(others, disableAfter, atOnce, lease, keep);
    }

    /** The same that disables an endpoint after another time. */
    public DeliverySettings withDisableAfter(Duration failing) {
        return new DeliverySettings(pauses, failing, atOnce, lease, keep);
    }

    /** Whether a delivery that failed so often is not tried again. */
    boolean isLast(int tries) {
        return tries > pauses.size();
    }

    /** The pause after a failed try; not shorter than the endpoint wishes, of which a day is granted. */
    Duration pauseAfter(int tries, Duration wish, RandomGenerator random) {
        Duration pause = pauses.get(Math.min(tries, pauses.size()) - 1);
        Duration lengthened = pause.plusMillis((long) (pause.toMillis() * random.nextDouble() / 10));
        Duration granted = wish.compareTo(LONGEST_WISH) < 0 ? wish : LONGEST_WISH;
        return lengthened.compareTo(granted) < 0 ? granted : lengthened;
    }
}
