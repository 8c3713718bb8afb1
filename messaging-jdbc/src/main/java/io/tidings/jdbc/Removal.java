package io.tidings.jdbc;

import io.tidings.jdbc.QueueRows.Raw;
import io.tidings.message.MessageId;
import java.util.Optional;

/** Takes a row out of the queue, with its tags and its count, if it still is as expected. */
final class Removal {
    private static final String FIND =
            "SELECT " + QueueRows.COLUMNS + ", q.tagged FROM tidings_queue q WHERE q.id = ? AND " + "%s FOR UPDATE";
    private static final String DELETE = "DELETE FROM tidings_queue WHERE id = ?";
    private static final String KEEP_TAGS = """
            INSERT INTO tidings_message_tag (tenant, name, content, accepted_at, message)
            SELECT tenant, name, content, accepted_at, message FROM tidings_tag WHERE message = ?""";
    /** Of a message that was in the queue before. */
    private static final String OLD_TAGS = "DELETE FROM tidings_message_tag WHERE message = ?";

    private static final String UNTAG = "DELETE FROM tidings_tag WHERE message = ?";
    private static final String AT_ONCE = "WITH gone AS (DELETE FROM tidings_queue q WHERE q.id = ? AND %s RETURNING "
            + QueueRows.COLUMNS + ", q.tagged),\n" + """
            tags AS (DELETE FROM tidings_tag WHERE message = ? AND EXISTS (SELECT 1 FROM gone WHERE tagged)
                RETURNING tenant, name, content, accepted_at, message),
            kept AS (INSERT INTO tidings_message_tag (tenant, name, content, accepted_at, message)
                SELECT tenant, name, content, accepted_at, message FROM tags ON CONFLICT DO NOTHING),
            counted AS (INSERT INTO tidings_counter (kind, name, delta) SELECT 'waiting', tenant, -1 FROM gone)
            SELECT\s""" + QueueRows.COLUMNS.replace("q.", "gone.")
            + ", gone.tagged FROM gone";

    private final Database database;
    private final Counters counters;

    private record Found(Raw raw, boolean tagged) {}

    Removal(Database database, Counters counters) {
        this.database = database;
        this.counters = counters;
    }

    /**
     * Takes it out if the guard holds.
     *
     * @param id which row
     * @param guard a condition on {@code q}
     * @param binder the values of the guard
     */
    Optional<Raw> take(MessageId id, String guard, Database.Binder binder) {
        return database.transactions().run(() -> {
            database.transactions().protectHost();
            return (database.dialect() == Dialect.POSTGRESQL ? atOnce(id, guard, binder) : inSteps(id, guard, binder))
                    .map(Found::raw);
        });
    }

    private Optional<Found> atOnce(MessageId id, String guard, Database.Binder binder) {
        return database.find(
                AT_ONCE.formatted(guard),
                values -> {
                    values.id(id);
                    binder.bind(values);
                    values.id(id);
                },
                row -> new Found(Raw.of(row), row.flag()));
    }

    private Optional<Found> inSteps(MessageId id, String guard, Database.Binder binder) {
        Optional<Found> found = database.find(
                FIND.formatted(guard),
                values -> {
                    values.id(id);
                    binder.bind(values);
                },
                row -> new Found(Raw.of(row), row.flag()));
        found.ifPresent(gone -> {
            database.update(DELETE, values -> values.id(id));
            if (gone.tagged()) {
                database.update(OLD_TAGS, values -> values.id(id));
                database.update(KEEP_TAGS, values -> values.id(id));
                database.update(UNTAG, values -> values.id(id));
            }
            counters.add(Counters.WAITING, gone.raw().tenant(), -1);
        });
        return found;
    }
}
