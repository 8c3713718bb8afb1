package io.tidings.jdbc;

import io.tidings.outbox.Stores;
import java.time.Duration;

/** Stores whose database's clock can be moved on, for tests in other packages. */
public final class SteppedStores {
    private final Database database;
    private final Stores stores;

    private SteppedStores(Database database) {
        this.database = database;
        this.stores = JdbcStores.stores(database);
    }

    public static SteppedStores of(JdbcStores stores) {
        return new SteppedStores(stores.database());
    }

    public Stores stores() {
        return stores;
    }

    /** Moves the clock of all statements of these stores; those of another process go by their own. */
    public void advance(Duration step) {
        database.advance(step);
    }
}
