package io.tidings.jdbc;

import io.tidings.history.InboundRow;
import io.tidings.history.MessageRow;
import io.tidings.history.Observation;
import io.tidings.history.RetentionStore;
import io.tidings.message.AttemptId;
import io.tidings.message.MessageId;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Deletes by ids. What is chosen by age is locked at once and skipped where somebody else has it, so that nodes share the
 * work; the locks end with the caller's transaction.
 */
final class JdbcRetention implements RetentionStore {
    private static final int AT_ONCE = 200;
    private static final String ENDED = "SELECT " + JdbcHistory.COLUMNS + """

            FROM tidings_message m WHERE m.changed_at < {now} - ? ORDER BY m.changed_at, m.id
            LIMIT ? FOR UPDATE SKIP LOCKED""";
    private static final String RAW = "SELECT place, message, number, " + JdbcAttempts.SEEN_COLUMNS + " " + """
            FROM tidings_observation WHERE bare = FALSE AND at < {now} - ? ORDER BY at, place
            LIMIT ? FOR UPDATE SKIP LOCKED""";
    private static final String EMPTY =
            "UPDATE tidings_observation SET raw = ?, bare = TRUE WHERE message = ? AND place = ?";
    private static final String HEARD = "SELECT " + InboundRows.ROW + """

            FROM tidings_inbound WHERE state = 'DONE' AND at < {now} - ? ORDER BY at, id
            LIMIT ? FOR UPDATE SKIP LOCKED""";
    private static final String SIDS =
            "SELECT id, account, sid FROM tidings_inbound WHERE id IN (%s) ORDER BY id FOR UPDATE";
    private static final String KEEP_SID = "INSERT INTO tidings_inbound_gone (account, sid) VALUES (?, ?)";
    private static final String DELETE_INBOUND = "DELETE FROM tidings_inbound WHERE id = ?";

    private final Database database;
    private final Deletion deletion;

    private record Seen(long place, AttemptId of, Observation observation) {}

    private record Heard(MessageId id, String account, String sid) {}

    JdbcRetention(Database database, Counters counters) {
        this.database = database;
        this.deletion = new Deletion(database, counters);
    }

    @Override
    public List<MessageRow> ended(Duration age, int limit) {
        return database.query(ENDED, values -> values.duration(age).number(limit), Deletion::readable).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    @Override
    public int delete(Collection<MessageId> messages) {
        return database.transactions().run(() -> {
            database.transactions().protectHost();
            return inBatches(messages).stream().mapToInt(deletion::delete).sum();
        });
    }

    /** By id, so that two that delete the same never wait for each other in a circle. */
    private static List<List<MessageId>> inBatches(Collection<MessageId> messages) {
        List<MessageId> all = messages.stream().distinct().sorted().toList();
        List<List<MessageId>> batches = new ArrayList<>();
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            batches.add(all.subList(from, Math.min(all.size(), from + AT_ONCE)));
        }
        return batches;
    }

    @Override
    public int emptyCallbacks(Duration age, int limit) {
        return database.transactions().run(() -> {
            List<Seen> full = database.query(RAW, values -> values.duration(age).number(limit), JdbcRetention::seen);
            database.batch(
                    EMPTY,
                    full,
                    (values, seen) -> values.text(JdbcAttempts.raw(seen.of(), seen.observation(), values.cipher()))
                            .id(seen.of().message())
                            .number(seen.place()));
            return full.size();
        });
    }

    private static Seen seen(Row row) throws SQLException {
        long place = row.number();
        AttemptId of = new AttemptId(row.id(), row.integer());
        return new Seen(place, of, JdbcAttempts.seen(row, of).withoutRaw());
    }

    @Override
    public List<InboundRow> heard(Duration age, int limit) {
        return database.query(HEARD, values -> values.duration(age).number(limit), InboundRows::orUnreadable).stream()
                .flatMap(InboundRows.Found::ifReadable)
                .toList();
    }

    @Override
    public int deleteInbound(Collection<MessageId> messages) {
        return database.transactions().run(() -> {
            database.transactions().protectHost();
            return inBatches(messages).stream().mapToInt(this::deleteInbound).sum();
        });
    }

    private int deleteInbound(List<MessageId> ids) {
        List<Heard> heard = database.query(
                SIDS.formatted(Database.marks(ids.size())),
                values -> {
                    for (MessageId id : ids) {
                        values.id(id);
                    }
                },
                row -> new Heard(row.id(), row.text(), row.text()));
        for (Heard one : heard) {
            database.insert(KEEP_SID, values -> values.text(one.account()).text(one.sid()));
        }
        database.batch(DELETE_INBOUND, heard, (values, one) -> values.id(one.id()));
        return heard.size();
    }
}
