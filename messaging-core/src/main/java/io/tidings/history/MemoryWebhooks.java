package io.tidings.history;

import io.tidings.message.MemoryTransactions;
import io.tidings.message.MessageId;
import io.tidings.message.TenantId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The in-memory twin of the log of webhooks. */
public final class MemoryWebhooks implements WebhookStore {
    private final MemoryTransactions transactions;
    private final MemoryAttempts attempts;
    private final MemoryInbound inbound;
    private final Function<MessageId, Optional<TenantId>> owner;

    /** Reads these; the last tells whose a message is, wherever it lies. */
    public MemoryWebhooks(
            MemoryTransactions transactions,
            MemoryAttempts attempts,
            MemoryInbound inbound,
            Function<MessageId, Optional<TenantId>> owner) {
        this.transactions = transactions;
        this.attempts = attempts;
        this.inbound = inbound;
        this.owner = owner;
    }

    @Override
    public List<Seen> seenBelow(long place, int limit) {
        return transactions.run(() -> attempts.seenBelow(place, limit).stream()
                .map(each -> new Seen(
                        each.place(), owner.apply(each.attempt().message()).orElse(null), each.attempt(), each.seen()))
                .toList());
    }

    @Override
    public List<Heard> heardBelow(MessageId id, int limit) {
        return transactions.run(() -> inbound.heardBelow(id, limit));
    }
}
