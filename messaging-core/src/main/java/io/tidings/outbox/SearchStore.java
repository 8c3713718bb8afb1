package io.tidings.outbox;

import io.tidings.history.MessageFilter;
import io.tidings.history.MessageOrder;
import io.tidings.message.MessageId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds messages, in the queue and after they left it, as one list. It only reads, so a host may give it a data source of
 * its own, behind which the newest changes are late.
 *
 * <p>For a database: one indexed range for each of the two tables, each with its own limit, merged. A message is in one of
 * them at any time; read both in one snapshot, so that one that leaves the queue meanwhile is found once. An index on
 * (tenant, accepted, id) and one on (tenant, changed, id) carry the orders. Safe for use by many threads.
 */
@FunctionalInterface
public interface SearchStore {

    /**
     * The first messages that fit and stand behind a place in the order.
     *
     * @param after where the page before ended, or {@code null} to begin
     * @param limit the most to return
     */
    List<MessageView> page(MessageFilter filter, MessageOrder order, @Nullable Place after, int limit);

    /**
     * A place in an order.
     *
     * @param at when the message there was taken in or last changed, as the order says
     * @param id the message, which decides among those of one date
     */
    record Place(Instant at, MessageId id) {
        /** Where a message stands in this order. */
        public static Place of(MessageView message, MessageOrder order) {
            return new Place(
                    order == MessageOrder.LAST_CHANGED
                            ? message.changedAt()
                            : message.stored().acceptedAt(),
                    message.id());
        }
    }
}
