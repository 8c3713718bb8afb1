package io.tidings.outbox;

import io.tidings.history.MemoryHistory;
import io.tidings.history.MemoryInbound;
import io.tidings.history.StoredMessage;
import io.tidings.message.MemoryTransactions;
import io.tidings.message.PhoneNumber;
import io.tidings.message.TenantId;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The in-memory twin of conversations. Looks at every message: memory is no place for millions of them. */
record MemoryConversations(
        MemoryTransactions transactions,
        InstantSource time,
        MemoryOutbox outbox,
        MemoryHistory history,
        MemoryInbound inbound)
        implements ConversationStore {

    @Override
    public List<Entry> page(TenantId tenant, PhoneNumber number, @Nullable Cursor before, int limit) {
        return transactions.run(() -> Stream.concat(received(tenant, number), sent(tenant, number))
                .filter(entry -> before == null || entry.cursor().compareTo(before) < 0)
                .sorted(Comparator.comparing(Entry::cursor).reversed())
                .limit(limit)
                .toList());
    }

    private Stream<Entry> received(TenantId tenant, PhoneNumber number) {
        return inbound.from(number).stream()
                .filter(message -> message.tenant().equals(tenant))
                .map(Entry.Inbound::new);
    }

    private Stream<Entry> sent(TenantId tenant, PhoneNumber number) {
        Stream<MessageView> waiting = outbox.rows().stream()
                .filter(row -> isTo(row.stored(), tenant, number))
                .map(row -> MessageView.of(row, time.instant()));
        Stream<MessageView> gone = history.rows().stream()
                .filter(row -> isTo(row.stored(), tenant, number))
                .map(MessageView::of);
        return Stream.concat(waiting, gone).map(Entry.Outbound::new);
    }

    private static boolean isTo(StoredMessage stored, TenantId tenant, PhoneNumber number) {
        return stored.message().to().equals(number) && stored.message().tenant().equals(tenant);
    }
}
