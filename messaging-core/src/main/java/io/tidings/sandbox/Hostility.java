package io.tidings.sandbox;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How badly a sandbox behaves: the share of each {@link Mishap}, and what comes with time. The shares are ours, chosen to
 * be far worse than Twilio; {@link #calm()} is the default of a sandbox, {@link #defaults()} is {@link #hostile()}.
 *
 * <p>A request's luck follows from the seed, from what it asks for (sender, recipient, content), and from how often the
 * same was asked before: not from the order of arrival. So threads do not change a run. Storms and restarts lie at times
 * that follow from the seed; whom they strike depends on when it comes.
 *
 * @param shares how often each mishap strikes what it can strike, 0 to 1; none counts as 0
 * @param storms when everything is answered 429
 * @param restarts when the sandbox goes down
 * @param slowest the longest that one answer or callback is held back
 * @param listLag how long a message is missing in the list at most; each draws its own; a fetch by SID finds it at once
 */
public record Hostility(
        Map<Mishap, Double> shares, Storms storms, Restarts restarts, Duration slowest, Duration listLag) {
    /** Checks shares and times. */
    public Hostility {
        shares = shares.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(shares));
        for (Mishap.Target target : Mishap.Target.values()) {
            double sum = shares.entrySet().stream()
                    .filter(each -> each.getKey().target() == target)
                    .mapToDouble(Map.Entry::getValue)
                    .sum();
            require(sum <= 1.000_000_1, "The shares of mishaps that strike the same may add up to 1, not to " + sum);
        }
        shares.forEach((mishap, share) -> {
            require(share >= 0 && share <= 1, "A share lies between 0 and 1, not " + share);
            require(
                    mishap.target() != Mishap.Target.TIME || share == 0,
                    "Storms and restarts have times, not shares: use withStorms and withRestarts");
        });
        require(
                !slowest.isNegative() && !listLag.isNegative(),
                "A time cannot be negative: use Duration.ZERO for none");
    }

    /**
     * Times in which requests of every kind are answered 429, one storm in each period, at a place drawn from the seed.
     *
     * @param every the period
     * @param length of one storm; zero for none
     * @param rate the share of requests that are refused in a storm, 0 to 1
     */
    public record Storms(Duration every, Duration length, double rate) {
        /** No storms. */
        public static final Storms NONE = new Storms(Duration.ofMinutes(1), Duration.ZERO, 0);

        /** Checks that a storm fits into its period. */
        public Storms {
            requirePeriod(every, length);
            require(rate >= 0 && rate <= 1, "A rate lies between 0 and 1, not " + rate);
        }

        Storms scaledBy(double factor) {
            return new Storms(scaled(every, factor), scaled(length, factor), rate);
        }
    }

    /**
     * Times in which the port is closed, one in each period, at a place drawn from the seed. All that is known stays;
     * answers on their way are lost, and callbacks wait.
     *
     * @param every the period
     * @param down how long the port is closed; zero for no restarts
     * @param losesCallbacks whether the callbacks that waited are lost; otherwise they leave when the port opens
     */
    public record Restarts(Duration every, Duration down, boolean losesCallbacks) {
        /** No restarts. */
        public static final Restarts NONE = new Restarts(Duration.ofMinutes(1), Duration.ZERO, false);

        /** Checks that a restart fits into its period. */
        public Restarts {
            requirePeriod(every, down);
        }

        Restarts scaledBy(double factor) {
            return new Restarts(scaled(every, factor), scaled(down, factor), losesCallbacks);
        }
    }

    /** Returns {@link #hostile()}. */
    public static Hostility defaults() {
        return hostile();
    }

    /** Returns no mishaps at all. */
    public static Hostility calm() {
        return new Hostility(Map.of(), Storms.NONE, Restarts.NONE, Duration.ofSeconds(5), Duration.ZERO);
    }

    /**
     * Returns a bad day: about a quarter of the creations, and three of ten callbacks, are struck; a storm of 5 s each
     * minute, a restart of 3 s each five minutes. The list lags 10 s at most: half of the shortest horizon, 20 s, at which
     * an unknown outcome of a login code is decided.
     */
    public static Hostility hostile() {
        return calm().with(Mishap.LOST_BEFORE_ACCEPT, 0.02)
                .with(Mishap.LOST_AFTER_ACCEPT, 0.02)
                .with(Mishap.HALF_ANSWER, 0.01)
                .with(Mishap.RESET_BEFORE_ACCEPT, 0.01)
                .with(Mishap.RESET_AFTER_ACCEPT, 0.01)
                .with(Mishap.ERROR_BEFORE_ACCEPT, 0.02)
                .with(Mishap.ERROR_AFTER_ACCEPT, 0.02)
                .with(Mishap.PAGE_BEFORE_ACCEPT, 0.01)
                .with(Mishap.PAGE_AFTER_ACCEPT, 0.01)
                .with(Mishap.NO_SID_BEFORE_ACCEPT, 0.01)
                .with(Mishap.NO_SID_AFTER_ACCEPT, 0.01)
                .with(Mishap.SLOW_ANSWER, 0.04)
                .with(Mishap.DRIBBLED_ANSWER, 0.02)
                .with(Mishap.CALLBACK_EARLY, 0.04)
                .with(Mishap.READ_ERROR, 0.02)
                .with(Mishap.CALLBACK_DUPLICATED, 0.1)
                .with(Mishap.CALLBACK_REORDERED, 0.1)
                .with(Mishap.CALLBACK_DROPPED, 0.1)
                .with(Mishap.INBOUND_DUPLICATED, 0.1)
                .with(Mishap.INBOUND_REORDERED, 0.05)
                .with(Mishap.INBOUND_DROPPED, 0.05)
                .withStorms(new Storms(Duration.ofMinutes(1), Duration.ofSeconds(5), 0.8))
                .withRestarts(new Restarts(Duration.ofMinutes(5), Duration.ofSeconds(3), false))
                .withListLag(Duration.ofSeconds(10));
    }

    /**
     * Returns the worst day: every share of {@link #hostile()} doubled, but 30 % of the callbacks dropped; a storm of 10 s
     * each 30 s, a restart of 5 s each minute in which callbacks are lost.
     */
    public static Hostility brutal() {
        Hostility brutal = hostile();
        for (Map.Entry<Mishap, Double> each : brutal.shares().entrySet()) {
            brutal = brutal.with(each.getKey(), each.getValue() * 2);
        }
        return brutal.with(Mishap.CALLBACK_DROPPED, 0.3)
                .withStorms(new Storms(Duration.ofSeconds(30), Duration.ofSeconds(10), 0.95))
                .withRestarts(new Restarts(Duration.ofMinutes(1), Duration.ofSeconds(5), true));
    }

    /**
     * Returns a preset by its name: {@code calm}, {@code hostile} or {@code brutal}.
     *
     * @throws IllegalArgumentException if there is none of this name
     */
    public static Hostility named(String name) {
        return switch (name) {
            case "calm" -> calm();
            case "hostile" -> hostile();
            case "brutal" -> brutal();
            default -> throw new IllegalArgumentException("A hostility is calm, hostile or brutal");
        };
    }

    /** Returns how often a mishap strikes. */
    public double share(Mishap mishap) {
        return shares.getOrDefault(mishap, 0.0);
    }

    /** Sets how often a mishap strikes, 0 to 1. Those that strike the same add up to 1 at most: each is struck by one. */
    public Hostility with(Mishap mishap, double share) {
        Map<Mishap, Double> changed = new EnumMap<>(Mishap.class);
        changed.putAll(shares);
        changed.put(mishap, share);
        return new Hostility(changed, storms, restarts, slowest, listLag);
    }

    /** Sets the storms of 429. */
    public Hostility withStorms(Storms value) {
        return new Hostility(shares, value, restarts, slowest, listLag);
    }

    /** Sets the restarts. */
    public Hostility withRestarts(Restarts value) {
        return new Hostility(shares, storms, value, slowest, listLag);
    }

    /** Sets the longest that an answer or a callback is held back; default 5 s. */
    public Hostility withSlowest(Duration value) {
        return new Hostility(shares, storms, restarts, value, listLag);
    }

    /** Sets how long messages are missing in the list at most. */
    public Hostility withListLag(Duration value) {
        return new Hostility(shares, storms, restarts, slowest, value);
    }

    /** Multiplies every time, for runs whose horizons are shortened by the same factor. The shares stay. */
    public Hostility scaledBy(double factor) {
        require(factor > 0 && factor <= 1_000, "The factor lies above 0 and up to 1000, not " + factor);
        return new Hostility(
                shares,
                storms.scaledBy(factor),
                restarts.scaledBy(factor),
                scaled(slowest, factor),
                scaled(listLag, factor));
    }

    private static Duration scaled(Duration time, double factor) {
        return Delays.scaled(time, factor);
    }

    private static void requirePeriod(Duration every, Duration length) {
        require(!every.isNegative() && !every.isZero(), "A period is longer than zero");
        require(
                !length.isNegative() && length.compareTo(every) <= 0,
                "What happens once in a period of " + every + " lasts from zero to that, not " + length);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
