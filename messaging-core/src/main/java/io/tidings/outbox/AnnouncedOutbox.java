package io.tidings.outbox;

import io.tidings.event.Happening;
import io.tidings.message.AccountId;
import io.tidings.message.MessageId;
import io.tidings.message.PhoneNumber;
import io.tidings.message.TenantId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A queue that tells what is taken in. The event is stored by the statement that stores the message. */
final class AnnouncedOutbox implements OutboxStore {
    private final OutboxStore outbox;
    private final Announcements announcements;

    AnnouncedOutbox(OutboxStore outbox, Announcements announcements) {
        this.outbox = outbox;
        this.announcements = announcements;
    }

    @Override
    public List<Enqueued> enqueue(List<Incoming> messages) {
        boolean any = false;
        List<Incoming> told = new ArrayList<>(messages.size());
        for (Incoming message : messages) {
            Happening event = announcements.of(message);
            any |= event != null;
            told.add(event == null ? message : message.announcedBy(event));
        }
        if (!any) {
            return outbox.enqueue(messages);
        }
        return announcements.transactions().run(() -> {
            announcements.takenIn();
            return outbox.enqueue(told);
        });
    }

    @Override
    public void reopen(QueueRow row) {
        outbox.reopen(row);
    }

    @Override
    public Optional<QueueRow> withdraw(MessageId id) {
        return outbox.withdraw(id);
    }

    @Override
    public Optional<QueueRow> find(MessageId id) {
        return outbox.find(id);
    }

    @Override
    public Optional<MessageId> withKey(TenantId tenant, String key) {
        return outbox.withKey(tenant, key);
    }

    @Override
    public List<QueueRow> tagged(TenantId tenant, String name, String value) {
        return outbox.tagged(tenant, name, value);
    }

    @Override
    public List<QueueRow> waitingFor(AccountId account, PhoneNumber to) {
        return outbox.waitingFor(account, to);
    }

    @Override
    public QueueCounts counts() {
        return outbox.counts();
    }

    @Override
    public Duration lag() {
        return outbox.lag();
    }
}
