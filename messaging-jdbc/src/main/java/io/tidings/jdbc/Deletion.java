package io.tidings.jdbc;

import io.tidings.history.MessageRow;
import io.tidings.history.StoredMessage;
import io.tidings.message.MessageId;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes messages that have left the queue, with everything that belongs to them. */
final class Deletion {
    private static final Logger log = LoggerFactory.getLogger(Deletion.class);

    /** Before their messages, in the order in which everybody takes these locks. */
    private static final String LOCK_ATTEMPTS = """
            SELECT a.number FROM tidings_attempt a
            WHERE a.message IN (%1$s) AND EXISTS (SELECT 1 FROM tidings_message m WHERE m.id = a.message)
            ORDER BY a.message, a.number FOR UPDATE""";

    private static final String LOCK =
            "SELECT " + JdbcHistory.COLUMNS + " FROM tidings_message m WHERE m.id IN (%s) ORDER BY m.id FOR UPDATE";
    private static final String KEY = "DELETE FROM tidings_key WHERE tenant = ? AND name = ? AND message = ?";
    /** What names a message goes in this order: the ids of the provider are found by what was seen. */
    private static final List<String> PARTS = List.of(
            """
            DELETE FROM tidings_sid WHERE sid IN (
                SELECT o.sid FROM tidings_observation o WHERE o.message IN (%1$s) AND o.sid IS NOT NULL)
            AND message IN (%1$s)""",
            "DELETE FROM tidings_observation WHERE message IN (%s)",
            "DELETE FROM tidings_attempt WHERE message IN (%s)",
            "DELETE FROM tidings_doubt WHERE message IN (%s)",
            "DELETE FROM tidings_decision WHERE message IN (%s)",
            "DELETE FROM tidings_message_tag WHERE message IN (%s)",
            "DELETE FROM tidings_message WHERE id IN (%s)");

    private final Database database;
    private final Counters counters;

    Deletion(Database database, Counters counters) {
        this.database = database;
        this.counters = counters;
    }

    /** Returns how many there were. */
    int delete(List<MessageId> ids) {
        database.query(LOCK_ATTEMPTS.formatted(Database.marks(ids.size())), ids(ids, 1), Row::integer);
        List<MessageRow> rows =
                database.query(LOCK.formatted(Database.marks(ids.size())), ids(ids, 1), Deletion::readable).stream()
                        .flatMap(Optional::stream)
                        .toList();
        if (rows.isEmpty()) {
            return 0;
        }
        List<MessageId> found = rows.stream().map(row -> row.stored().id()).toList();
        for (String part : PARTS) {
            int times = part.contains("%1$s") ? 2 : 1;
            database.update(part.formatted(Database.marks(found.size())), ids(found, times));
        }
        freeKeys(rows);
        TreeMap<String, Long> statuses = new TreeMap<>();
        rows.forEach(row -> statuses.merge(row.status().name(), -1L, Long::sum));
        statuses.forEach((status, change) -> counters.add(Counters.STATUS, status, change));
        return rows.size();
    }

    /** Empty for a row that a newer version wrote: it is left to that one. */
    static Optional<MessageRow> readable(Row row) throws SQLException {
        try {
            return Optional.of(JdbcHistory.read(row));
        } catch (UnreadableRowException e) {
            log.warn("a message is kept for longer, it cannot be read: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private static Database.Binder ids(List<MessageId> ids, int times) {
        return values -> {
            for (int i = 0; i < times; i++) {
                for (MessageId id : ids) {
                    values.id(id);
                }
            }
        };
    }

    private void freeKeys(List<MessageRow> rows) {
        List<StoredMessage> keyed = rows.stream()
                .map(MessageRow::stored)
                .filter(stored -> stored.message().key() != null)
                .toList();
        database.batch(
                KEY,
                keyed,
                (values, stored) -> values.text(stored.message().tenant().value())
                        .text(Objects.requireNonNull(stored.message().key()))
                        .id(stored.id()));
    }
}
