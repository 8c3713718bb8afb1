package io.tidings.dispatch;

import io.tidings.retry.UncertainPolicy;
import java.time.Duration;
import java.util.List;

/**
 * When the provider's list is looked at for an attempt with an unknown outcome.
 *
 * @param times when to look, counted from the commit of the attempt, rising
 * @param slack how far our clock and the provider's may be apart while its answers do not tell; default 2 minutes. Kept unscaled: it is about real
 *     clocks, and a list entry created that much before the attempt, or after its longest way, is not its own
 * @param scale what the times were multiplied with; horizons of the policies are multiplied with it too
 */
public record LookPlan(List<Duration> times, Duration slack, double scale) {
    private static final int LEAST_LOOKS = 6;

    /** Checks and copies the times. */
    public LookPlan {
        times = List.copyOf(times);
        if (times.isEmpty() || times.get(0).isZero() || times.get(0).isNegative()) {
            throw new IllegalArgumentException("looks need at least one positive time, got " + times);
        }
        for (int i = 1; i < times.size(); i++) {
            if (times.get(i).compareTo(times.get(i - 1)) <= 0) {
                throw new IllegalArgumentException("the times of looks must rise, got " + times);
            }
        }
        if (slack.isNegative()) {
            throw new IllegalArgumentException("the slack between two clocks cannot be negative, got " + slack);
        }
        if (!(scale > 0) || Double.isInfinite(scale)) {
            throw new IllegalArgumentException("looks are scaled by a positive number, got " + scale);
        }
    }

    /** After 20 s and 1, 2, 5, 15 and 30 minutes: users of Twilio report lists that lag up to 15 minutes. */
    public static LookPlan standard() {
        return new LookPlan(
                List.of(
                        Duration.ofSeconds(20),
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(2),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(15),
                        Duration.ofMinutes(30)),
                Duration.ofMinutes(2),
                1);
    }

    /** The same with all times and horizons multiplied; a run that uses it prints the factor. */
    public LookPlan scaledBy(double factor) {
        return new LookPlan(
                times.stream()
                        .map(time -> Duration.ofNanos(Math.max(1_000_000, Math.round(time.toNanos() * factor))))
                        .distinct()
                        .toList(),
                slack,
                scale * factor);
    }

    /** The first wait of an attempt of this age. One that was found late is looked for soon. */
    Duration firstWait(Duration age) {
        Duration soon = times.get(0).dividedBy(10);
        Duration left = times.get(0).minus(age);
        return left.compareTo(soon) > 0 ? left : soon;
    }

    /** From this age to the next look, or zero if there is none. */
    Duration nextWait(Duration age) {
        return times.stream()
                .filter(time -> time.compareTo(age) > 0)
                .findFirst()
                .map(time -> time.minus(age))
                .orElse(Duration.ZERO);
    }

    /** How long a list that cannot be read is tried again after the horizon, at most, by who was there all the time. */
    Duration patience() {
        return times.get(0).multipliedBy(LEAST_LOOKS);
    }

    /** Whether so many looks are enough: whoever was away past the horizon has had none before. */
    boolean isEnough(int looks) {
        return looks >= LEAST_LOOKS;
    }

    UncertainPolicy scaled(UncertainPolicy policy) {
        return policy.scaledBy(scale);
    }
}
