package io.tidings.inbound;

import java.time.Duration;

/**
 * How messages are fetched whose webhooks nobody answered. Switched off if the provider cannot list.
 *
 * @param on whether they are fetched at all; default true
 * @param patience the longest that sending waits for the first fetch after a start; default 30 s, zero for not at all.
 *     After that it begins with a warning, and the fetch is tried on
 * @param overlap how much earlier than the newest certainty a fetch begins; default 10 min
 * @param firstLookBack how far back the very first fetch looks; default 7 days. What it finds is heard for consent and
 *     shown, but given to no handler
 * @param away a pause of the process of at least this long is a downtime; default 2 min
 */
public record GapSettings(boolean on, Duration patience, Duration overlap, Duration firstLookBack, Duration away) {

    /** Refuses negative times. */
    public GapSettings {
        if (patience.isNegative() || overlap.isNegative() || firstLookBack.isNegative() || away.isNegative()) {
            throw new IllegalArgumentException("times of a gap must not be negative, got " + patience + ", " + overlap
                    + ", " + firstLookBack + " and " + away);
        }
    }

    /** The defaults named above. */
    public static GapSettings defaults() {
        return new GapSettings(
                true, Duration.ofSeconds(30), Duration.ofMinutes(10), Duration.ofDays(7), Duration.ofMinutes(2));
    }

    /** Nothing is fetched. */
    public static GapSettings off() {
        GapSettings defaults = defaults();
        return new GapSettings(false, Duration.ZERO, defaults.overlap, defaults.firstLookBack, defaults.away);
    }

    /** The same with another patience. */
    public GapSettings withPatience(Duration longest) {
        return new GapSettings(on, longest, overlap, firstLookBack, away);
    }

    /** The same with another look back of the very first fetch. */
    public GapSettings withFirstLookBack(Duration back) {
        return new GapSettings(on, patience, overlap, back, away);
    }
}
