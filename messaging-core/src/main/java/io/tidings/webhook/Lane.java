package io.tidings.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One table of the log, read downwards, some rows at a time and no more than a page may look at. One thread.
 *
 * @param <P> what a place in it is
 */
final class Lane<P> {
    /** Rows lie in the order of their arrival, and their times come from the clocks of nodes. */
    static final Duration SKEW = Duration.ofHours(1);

    private static final int MOST_LOOKED_AT = 5_000;

    private final Function<P, List<Row<P>>> below;
    private final Predicate<WebhookEntry> wanted;
    private final @Nullable Instant from;
    private final Deque<Row<P>> rows = new ArrayDeque<>();
    private P place;
    private int looked;
    private boolean ended;

    /** A row: where it stands, when it came, and what the log shows of it, if anything. */
    record Row<P>(P place, Instant at, @Nullable WebhookEntry entry) {}

    Lane(P place, Function<P, List<Row<P>>> below, WebhookFilter filter) {
        this.place = place;
        this.below = below;
        this.wanted = filter::has;
        this.from = filter.from();
    }

    /** The next that is wanted; {@code null} if there is none, or none among those that may be looked at. */
    @Nullable
    WebhookEntry peek() {
        while (!ended && (!rows.isEmpty() || fetch())) {
            Row<P> row = rows.element();
            WebhookEntry entry = row.entry();
            if (entry != null && wanted.test(entry)) {
                return entry;
            }
            ended = from != null && row.at().isBefore(from.minus(SKEW));
            take();
        }
        return null;
    }

    private boolean fetch() {
        if (looked >= MOST_LOOKED_AT) {
            return false;
        }
        List<Row<P>> more = below.apply(place);
        looked += more.size();
        rows.addAll(more);
        ended = more.isEmpty();
        return !ended;
    }

    void take() {
        place = rows.remove().place();
    }

    /** Whether all of it was read. */
    boolean ended() {
        return ended;
    }

    /** Below which place the next page goes on. */
    P place() {
        return place;
    }
}
