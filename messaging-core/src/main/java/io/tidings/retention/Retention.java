package io.tidings.retention;

import io.tidings.audit.Action;
import io.tidings.audit.AuditLog;
import io.tidings.history.InboundRow;
import io.tidings.history.MessageFilter;
import io.tidings.history.MessageOrder;
import io.tidings.history.MessageRow;
import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import io.tidings.outbox.MessageView;
import io.tidings.outbox.SearchStore.Place;
import io.tidings.outbox.Stores;
import io.tidings.retention.RetentionPolicy.Kind;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Deletes what is kept no longer, in batches of a hundred, each a transaction of its own that no sender waits for. Safe
 * for use by many threads and nodes.
 */
public final class Retention {
    private static final int BATCH = 100;

    private final Stores stores;
    private final RetentionPolicy policy;
    private final AuditLog acts;

    /** Over these stores, by this policy; what a person clears is recorded in this log. */
    public Retention(Stores stores, RetentionPolicy policy, AuditLog acts) {
        this.stores = stores;
        this.policy = policy;
        this.acts = acts;
    }

    /**
     * What one sweep did.
     *
     * @param messages how many were deleted
     * @param callbacks how many were emptied
     * @param inbound how many were deleted
     */
    public record Swept(long messages, long callbacks, long inbound) {}

    /** Deletes everything that is too old by now. Happens by itself once an hour in a started system. */
    public Swept sweep() {
        return new Swept(
                all(Kind.MESSAGES, this::messages),
                all(Kind.CALLBACKS, age -> stores.records().retention().emptyCallbacks(age, BATCH)),
                all(Kind.INBOUND, this::inbound));
    }

    private long all(Kind kind, ToIntFunction<Duration> batch) {
        Optional<Duration> age = policy.age(kind);
        long done = 0;
        int last = age.isPresent() ? BATCH : 0;
        while (last == BATCH) {
            last = stores.transactions().run(() -> batch.applyAsInt(age.orElseThrow()));
            done += last;
        }
        return done;
    }

    private int messages(Duration age) {
        List<MessageRow> old = stores.records().retention().ended(age, BATCH);
        old.forEach(row -> policy.archive().message(KeptMessage.of(MessageView.of(row), stores)));
        return stores.records()
                .retention()
                .delete(old.stream().map(row -> row.stored().id()).toList());
    }

    private int inbound(Duration age) {
        List<InboundRow> old = stores.records().retention().heard(age, BATCH);
        old.forEach(policy.archive()::inbound);
        return stores.records()
                .retention()
                .deleteInbound(old.stream().map(row -> row.message().id()).toList());
    }

    /**
     * Deletes ended messages that fit, whatever their age, without archiving them; a filter that names statuses may also
     * name those of messages that are with the provider, whose later callbacks then change nothing. What is in the queue
     * stays: cancel it. Each batch is in the audit trail, with the filter, the reason and how many. Returns how many.
     */
    public long clear(MessageFilter filter, String reason) {
        MessageFilter ended = filter.statuses().isEmpty() ? filter.in(terminal()) : filter;
        long cleared = 0;
        @Nullable Place after = null;
        List<MessageView> page;
        do {
            page = stores.records().search().page(ended, MessageOrder.OLDEST, after, BATCH);
            cleared += clear(ended, reason, page.stream().map(MessageView::id).toList());
            after = page.isEmpty() ? after : Place.of(page.get(page.size() - 1), MessageOrder.OLDEST);
        } while (page.size() == BATCH);
        return cleared;
    }

    private int clear(MessageFilter filter, String reason, List<MessageId> ids) {
        return stores.transactions().run(() -> {
            int deleted = stores.records().retention().delete(ids);
            if (deleted > 0) {
                acts.act(Action.HISTORY_CLEARED)
                        .tenant(filter.tenant())
                        .reason(reason)
                        .detail("filter", filter.toString())
                        .detail("messages", Integer.toString(deleted))
                        .record();
            }
            return deleted;
        });
    }

    private static MessageStatus[] terminal() {
        return Arrays.stream(MessageStatus.values())
                .filter(MessageStatus::isTerminal)
                .toArray(MessageStatus[]::new);
    }
}
