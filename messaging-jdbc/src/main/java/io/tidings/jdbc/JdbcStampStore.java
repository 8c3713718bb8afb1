package io.tidings.jdbc;

import io.tidings.outbox.Stamp;
import io.tidings.outbox.StampStore;
import java.util.Optional;

/** The stamp: a row with id 1, whose key lets one of many nodes be the first. */
final class JdbcStampStore implements StampStore {
    private static final String FIND = "SELECT environment, epoch FROM tidings_stamp WHERE id = 1";
    private static final String FIRST = "INSERT INTO tidings_stamp (id, environment, epoch) VALUES (1, ?, ?)";
    private static final String REPLACE = """
            UPDATE tidings_stamp SET environment = ?, epoch = ? WHERE id = 1 AND environment = ? AND epoch = ?""";

    private final Database database;

    JdbcStampStore(Database database) {
        this.database = database;
    }

    @Override
    public Stamp claim(Stamp first) {
        return database.transactions()
                .run(() -> find("").orElseGet(() -> {
                    // Held at once, not shared first: of several nodes each would wait for the others to let go.
                    database.ensure(
                            FIRST,
                            "id",
                            values -> values.text(first.environment()).number(first.epoch()));
                    // A locking read sees what the other node has committed, also where reads are repeatable.
                    return find(" FOR UPDATE")
                            .orElseThrow(() ->
                                    new IllegalStateException("the stamp was there and is gone; was its row deleted?"));
                }));
    }

    private Optional<Stamp> find(String tail) {
        return database.find(FIND + tail, values -> {}, row -> new Stamp(row.text(), row.number()));
    }

    @Override
    public boolean replace(Stamp seen, Stamp next) {
        return database.update(
                        REPLACE,
                        values -> values.text(next.environment())
                                .number(next.epoch())
                                .text(seen.environment())
                                .number(seen.epoch()))
                == 1;
    }
}
