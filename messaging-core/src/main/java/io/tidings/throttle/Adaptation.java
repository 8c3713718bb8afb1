package io.tidings.throttle;

/**
 * The arithmetic of backing off and coming back: which share of the normal limit is allowed now.
 *
 * <p>Pure and immutable, after TCP's rule: halved when the provider complains, at most once per half second because many
 * complaints answer requests of one moment; grown in proportion to the time without complaints, from nothing to all in
 * 15 seconds. A single answer speaks for at most 4 seconds of growth. So a storm takes the share below 10 percent within 2
 * seconds, and it is whole again well within 30 seconds after the storm.
 *
 * @param floor the smallest share, above 0
 * @param share the share now, from floor to 1
 * @param cutAt tick of the last halving
 * @param complainedAt tick of the last complaint
 * @param grownAt tick up to which growth has been granted
 */
record Adaptation(double floor, double share, long cutAt, long complainedAt, long grownAt) {
    static final long CUT_EVERY = 500_000_000L;
    private static final long GROW_EVERY = 200_000_000L;
    private static final long HOLD = 1_000_000_000L;
    private static final long SPEAKS_FOR = 4_000_000_000L;
    private static final double WHOLE = 15_000_000_000d;

    /** Silence after which time alone heals: for senders so slow that no answer comes for long. */
    private static final long SILENCE = 15_000_000_000L;

    private static final double WHOLE_IN_SILENCE = 8_000_000_000d;

    static Adaptation whole(double floor, long tick) {
        return new Adaptation(floor, 1, tick - CUT_EVERY, tick - SILENCE, tick);
    }

    /** After a complaint at that tick. */
    Adaptation complained(long tick) {
        long sinceCut = tick - cutAt;
        if (sinceCut >= 0 && sinceCut < CUT_EVERY) {
            return new Adaptation(floor, share, cutAt, tick, tick);
        }
        return new Adaptation(floor, Math.max(floor, share / 2), tick, tick, tick);
    }

    /** After an answer without complaint at that tick. */
    Adaptation succeeded(long tick) {
        long calm = tick - complainedAt;
        return calm >= 0 && calm < HOLD ? this : grown(tick, WHOLE, SPEAKS_FOR);
    }

    /** After so much silence that time alone heals, otherwise the same. */
    Adaptation rested(long tick) {
        long calm = tick - complainedAt;
        return calm < SILENCE ? this : grown(tick, WHOLE_IN_SILENCE, calm - SILENCE);
    }

    private Adaptation grown(long tick, double whole, long most) {
        long since = tick - grownAt;
        if (share == 1 || (since >= 0 && since < GROW_EVERY)) {
            return this;
        }
        double more = Math.max(0, Math.min(since, most)) / whole;
        return new Adaptation(floor, Math.min(1, share + more), cutAt, complainedAt, tick);
    }
}
