package io.tidings.report;

import io.tidings.history.MessageFilter;
import io.tidings.history.MessageOrder;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A page of messages that is asked for.
 *
 * @param filter which messages; names their tenant
 * @param order how they are sorted
 * @param after the {@link MessagePage#next} of the page before, or {@code null} for the first page
 * @param limit the most messages, 1 to 1000
 */
public record MessageQuery(
        MessageFilter filter, MessageOrder order, @Nullable String after, int limit) {
    private static final int USUAL = 100;
    private static final int MOST = 1000;

    /** Checks the limit. */
    public MessageQuery {
        Objects.requireNonNull(filter, "filter");
        Objects.requireNonNull(order, "order");
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("a page has 1 to " + MOST + " messages, got " + limit);
        }
    }

    /** The first hundred, newest first. */
    public static MessageQuery of(MessageFilter filter) {
        return new MessageQuery(filter, MessageOrder.NEWEST, null, USUAL);
    }

    /** The same in another order. */
    public MessageQuery by(MessageOrder other) {
        return new MessageQuery(filter, other, after, limit);
    }

    /** The page behind the one that ended so; {@code null} for the first. */
    public MessageQuery after(@Nullable String next) {
        return new MessageQuery(filter, order, next, limit);
    }

    /** The same with another size of the page. */
    public MessageQuery limit(int most) {
        return new MessageQuery(filter, order, after, most);
    }
}
