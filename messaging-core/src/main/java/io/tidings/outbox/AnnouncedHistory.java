package io.tidings.outbox;

import io.tidings.history.HistoryStore;
import io.tidings.history.MessageRow;
import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A history that tells how messages move on, in the same transaction. */
final class AnnouncedHistory implements HistoryStore {
    private final HistoryStore history;
    private final Announcements announcements;

    AnnouncedHistory(HistoryStore history, Announcements announcements) {
        this.history = history;
        this.announcements = announcements;
    }

    @Override
    public Optional<MessageRow> save(MessageRow row) {
        return announcements.transactions().run(() -> {
            Optional<MessageRow> before = history.save(row);
            announcements.moved(before.orElse(null), row);
            return before;
        });
    }

    @Override
    public Optional<MessageRow> remove(MessageId id) {
        return history.remove(id);
    }

    @Override
    public Optional<MessageRow> find(MessageId id) {
        return history.find(id);
    }

    @Override
    public List<MessageRow> withStatus(MessageStatus status, int limit) {
        return history.withStatus(status, limit);
    }

    @Override
    public Map<MessageStatus, Long> counts() {
        return history.counts();
    }
}
