package io.tidings.jdbc;

import io.tidings.history.TryCount;
import io.tidings.message.MessageId;
import io.tidings.outbox.QueueRow;
import io.tidings.outbox.QueueRow.State;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a message lies in the queue, and where rows go that cannot be read. */
final class QueueRows {
    private static final Logger log = LoggerFactory.getLogger(QueueRows.class);

    static final String COLUMNS = "q.id, q.state, q.not_before, q.attempts, q.counted, q.failure, q.body, q.tenant";
    static final int QUEUED = 0;
    static final int SENDING = 1;
    static final int UNCERTAIN = 2;

    private static final String SET_ASIDE = """
            INSERT INTO tidings_quarantine
                (id, account, sender, shard, state, lane, tenant, not_before, attempts, counted, begun_by, order_key,
                 recipient, text_hash, accepted_at, tagged, failure, body, reason, moved_at)
            SELECT q.id, q.account, q.sender, q.shard, q.state, q.lane, q.tenant, q.not_before, q.attempts, q.counted,
                   q.begun_by, q.order_key, q.recipient, q.text_hash, q.accepted_at, q.tagged, q.failure, q.body,
                   ?, {now}
            FROM tidings_queue q WHERE q.id = ?""";
    private static final String DELETE = "DELETE FROM tidings_queue WHERE id = ?";
    private static final String UNTAG = "DELETE FROM tidings_tag WHERE message = ?";

    private final Database database;
    private final Counters counters;

    /** A row as it lies there. */
    record Raw(
            MessageId id,
            int state,
            long notBefore,
            int attempts,
            int counted,
            @Nullable String failure,
            String body,
            String tenant,
            ColumnCipher cipher) {

        static Raw of(Row row) throws SQLException {
            return new Raw(
                    row.id(),
                    row.integer(),
                    row.number(),
                    row.integer(),
                    row.integer(),
                    row.textOrNull(),
                    row.text(),
                    row.text(),
                    row.cipher());
        }

        /** Throws {@link UnreadableRowException}. */
        QueueRow read() {
            if (counted < 0 || counted > attempts) {
                throw new UnreadableRowException("its counts of attempts contradict each other");
            }
            return new QueueRow(
                    MessageCodec.read(id, body, cipher),
                    QueueRows.state(state),
                    Values.instant(notBefore),
                    new TryCount(attempts, counted),
                    MessageCodec.failure(failure));
        }
    }

    QueueRows(Database database, Counters counters) {
        this.database = database;
        this.counters = counters;
    }

    private static State state(int number) {
        return switch (number) {
            case QUEUED -> State.QUEUED;
            case SENDING -> State.SENDING;
            case UNCERTAIN -> State.UNCERTAIN;
            default -> throw new UnreadableRowException("its state is none that this version knows");
        };
    }

    static int number(State state) {
        return switch (state) {
            case QUEUED -> QUEUED;
            case SENDING -> SENDING;
            case UNCERTAIN -> UNCERTAIN;
        };
    }

    /** Those that can be read; the others are set aside, so that they stop nobody. */
    List<QueueRow> orSetAside(List<Raw> rows) {
        List<QueueRow> readable = new ArrayList<>(rows.size());
        for (Raw raw : rows) {
            try {
                readable.add(raw.read());
            } catch (UnreadableRowException e) {
                setAside(raw, String.valueOf(e.getMessage()));
            }
        }
        return readable;
    }

    /** Those that can be read; the others are left to the dispatcher, which sets them aside. */
    static List<QueueRow> readable(List<Raw> rows) {
        List<QueueRow> readable = new ArrayList<>(rows.size());
        rows.forEach(raw -> readOne(raw).ifPresent(readable::add));
        return readable;
    }

    static Optional<QueueRow> readOne(Raw raw) {
        try {
            return Optional.of(raw.read());
        } catch (UnreadableRowException e) {
            log.debug("message {} cannot be read: {}", raw.id(), e.getMessage());
            return Optional.empty();
        }
    }

    private void setAside(Raw raw, String why) {
        database.transactions().execute(() -> {
            database.transactions().protectHost();
            database.insert(SET_ASIDE, values -> values.text(why).id(raw.id()));
            if (database.update(DELETE, values -> values.id(raw.id())) == 1) {
                database.update(UNTAG, values -> values.id(raw.id()));
                counters.add(Counters.WAITING, raw.tenant(), -1);
                log.warn(
                        "message {} of tenant {} was moved to the quarantine table, nothing is sent: {}",
                        raw.id(),
                        raw.tenant(),
                        why);
            }
        });
    }
}
