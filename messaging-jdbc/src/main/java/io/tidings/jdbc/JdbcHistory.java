package io.tidings.jdbc;

import io.tidings.history.HistoryStore;
import io.tidings.history.MessageRow;
import io.tidings.history.TryCount;
import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Messages that have left the queue, one row each. */
final class JdbcHistory implements HistoryStore {
    private static final Logger log = LoggerFactory.getLogger(JdbcHistory.class);

    static final String COLUMNS = "m.id, m.status, m.attempts, m.counted, m.failure, m.changed_at, m.body";
    static final String INSERT = """
            INSERT INTO tidings_message
                (status, attempts, counted, failure, changed_at, body, id, tenant, recipient, text_hash, lane, accepted_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";
    private static final String UPDATE = """
            UPDATE tidings_message
            SET status = ?, attempts = ?, counted = ?, failure = ?, changed_at = ?, body = ? WHERE id = ?""";
    private static final String DELETE = "DELETE FROM tidings_message WHERE id = ?";
    private static final String FIND = "SELECT " + COLUMNS + " FROM tidings_message m WHERE m.id = ?";
    private static final String LOCK = FIND + " FOR UPDATE";
    /** The status is part of the text, so that PostgreSQL sees that its partial index holds all of them. */
    private static final String WITH_STATUS =
            "SELECT " + COLUMNS + " FROM tidings_message m WHERE m.status = '%s' ORDER BY m.changed_at, m.id LIMIT ?";

    private final Database database;
    private final Counters counters;

    /** A row that is replaced. One that cannot be read stops nobody from replacing it. */
    private record Before(String status, @Nullable MessageRow row) {
        static Before of(Row columns) throws SQLException {
            columns.id();
            String status = columns.text();
            List<MessageRow> read = new ArrayList<>(1);
            readInto(read, columns.first());
            return new Before(status, read.isEmpty() ? null : read.get(0));
        }
    }

    JdbcHistory(Database database, Counters counters) {
        this.database = database;
        this.counters = counters;
    }

    @Override
    public Optional<MessageRow> save(MessageRow row) {
        return database.transactions().run(() -> {
            database.transactions().protectHost();
            Optional<Before> before = lock(row.stored().id());
            if (before.isPresent()) {
                database.update(
                        UPDATE,
                        values -> bindChanging(values, row).id(row.stored().id()));
            } else {
                database.update(INSERT, values -> bind(values, row));
            }
            Optional<String> status = before.map(Before::status);
            String after = row.status().name();
            if (!status.equals(Optional.of(after))) {
                status.ifPresent(name -> counters.add(Counters.STATUS, name, -1));
                counters.add(Counters.STATUS, after, 1);
            }
            return before.map(Before::row);
        });
    }

    private Optional<Before> lock(MessageId id) {
        return database.find(LOCK, values -> values.id(id), Before::of);
    }

    static void bind(Values values, MessageRow row) throws SQLException {
        bindChanging(values, row)
                .id(row.stored().id())
                .text(row.stored().message().tenant().value())
                .person(row.stored().message().to())
                .number(MessageCodec.hash(row.stored().message().content(), values.cipher()))
                .number(row.stored().message().category().lane())
                .time(row.stored().acceptedAt());
    }

    private static Values bindChanging(Values values, MessageRow row) throws SQLException {
        return values.text(row.status().name())
                .number(row.tries().attempts())
                .number(row.tries().counted())
                .text(MessageCodec.write(row.failure()))
                .time(row.changedAt())
                .text(MessageCodec.write(row.stored(), values.cipher()));
    }

    @Override
    public Optional<MessageRow> remove(MessageId id) {
        return database.transactions().run(() -> {
            database.transactions().protectHost();
            Optional<Before> before = lock(id);
            before.ifPresent(gone -> {
                database.update(DELETE, values -> values.id(id));
                counters.add(Counters.STATUS, gone.status(), -1);
            });
            return before.map(Before::row);
        });
    }

    /** Throws {@link UnreadableRowException} if a newer version wrote it. */
    static MessageRow read(Row row) throws SQLException {
        MessageId id = row.id();
        MessageStatus status = MessageStatus.valueOf(row.text());
        TryCount tries = new TryCount(row.integer(), row.integer());
        String failure = row.textOrNull();
        Instant changedAt = row.time();
        return new MessageRow(
                MessageCodec.read(id, row.text(), row.cipher()),
                status,
                tries,
                MessageCodec.failure(failure),
                changedAt);
    }

    @Override
    public Optional<MessageRow> find(MessageId id) {
        return database.find(FIND, values -> values.id(id), JdbcHistory::read);
    }

    @Override
    public List<MessageRow> withStatus(MessageStatus status, int limit) {
        List<MessageRow> rows = new ArrayList<>();
        database.query(WITH_STATUS.formatted(status.name()), values -> values.number(limit), row -> {
            readInto(rows, row);
            return true;
        });
        return rows;
    }

    private static void readInto(List<MessageRow> rows, Row row) throws SQLException {
        try {
            rows.add(read(row));
        } catch (UnreadableRowException e) {
            log.warn("a message of the history is left out, it cannot be read: {}", e.getMessage());
        }
    }

    @Override
    public Map<MessageStatus, Long> counts() {
        Map<MessageStatus, Long> counts = new EnumMap<>(MessageStatus.class);
        counters.sums(Counters.STATUS).forEach((name, sum) -> counts.put(MessageStatus.valueOf(name), sum));
        return counts;
    }
}
