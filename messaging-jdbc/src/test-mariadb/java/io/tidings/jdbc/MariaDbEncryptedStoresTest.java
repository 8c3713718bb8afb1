package io.tidings.jdbc;

import io.tidings.outbox.Stores;
import io.tidings.test.AllStoresContract;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The whole contract with numbers and texts encrypted. */
class MariaDbEncryptedStoresTest extends AllStoresContract {
    private @Nullable Database database;

    @Override
    protected Stores newStores() {
        database = MariaDb.stores().encryptedBy(TestKeys.ONE).database();
        return JdbcStores.stores(database);
    }

    @Override
    protected void advance(Duration step) {
        database.advance(step);
    }
}
