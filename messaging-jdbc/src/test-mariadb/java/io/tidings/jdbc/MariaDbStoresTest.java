package io.tidings.jdbc;

import io.tidings.outbox.Stores;
import io.tidings.test.AllStoresContract;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

class MariaDbStoresTest extends AllStoresContract {
    private @Nullable Database database;

    @Override
    protected Stores newStores() {
        database = MariaDb.stores().database();
        return JdbcStores.stores(database);
    }

    @Override
    protected void advance(Duration step) {
        database.advance(step);
    }
}
