package io.tidings.outbox;

import io.tidings.history.MemoryHistory;
import io.tidings.history.MessageFilter;
import io.tidings.history.MessageOrder;
import io.tidings.message.MemoryTransactions;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The in-memory twin of the search. Looks at every message: memory is no place for millions of them. */
record MemorySearch(MemoryTransactions transactions, InstantSource time, MemoryOutbox outbox, MemoryHistory history)
        implements SearchStore {

    @Override
    public List<MessageView> page(MessageFilter filter, MessageOrder order, @Nullable Place after, int limit) {
        Comparator<Place> places = places(order);
        return transactions.run(() -> all().filter(view -> filter.holds(view.stored(), view.status(), view.failure()))
                .filter(view -> after == null || places.compare(Place.of(view, order), after) > 0)
                .sorted((one, other) -> places.compare(Place.of(one, order), Place.of(other, order)))
                .limit(limit)
                .toList());
    }

    private static Comparator<Place> places(MessageOrder order) {
        Comparator<Place> ascending = Comparator.comparing(Place::at).thenComparing(Place::id);
        return order == MessageOrder.OLDEST ? ascending : ascending.reversed();
    }

    private Stream<MessageView> all() {
        Stream<MessageView> waiting = outbox.rows().stream().map(row -> MessageView.of(row, time.instant()));
        return Stream.concat(waiting, history.rows().stream().map(MessageView::of));
    }
}
