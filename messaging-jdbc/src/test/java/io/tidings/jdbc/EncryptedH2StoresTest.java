package io.tidings.jdbc;

import io.tidings.outbox.Stores;
import io.tidings.test.AllStoresContract;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The whole contract with numbers and texts encrypted: nothing behaves in another way. */
class EncryptedH2StoresTest extends AllStoresContract {
    private static final SharedTables TABLES =
            new SharedTables(Databases.h2(), "PUBLIC", stores -> stores.encryptedBy(TestKeys.ONE));

    private @Nullable Database database;

    @Override
    protected Stores newStores() {
        database = TABLES.emptied();
        return JdbcStores.stores(database);
    }

    @Override
    protected void advance(Duration step) {
        database.advance(step);
    }
}
