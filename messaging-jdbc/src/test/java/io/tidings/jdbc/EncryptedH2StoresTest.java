package io.tidings.jdbc;

import io.tidings.outbox.Stores;
import io.tidings.test.AllStoresContract;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The whole contract with numbers and texts encrypted: nothing behaves in another way. */
class EncryptedH2StoresTest extends AllStoresContract {
    private @Nullable Database database;

    @Override
    protected Stores newStores() {
        database = JdbcStores.on(Databases.h2()).encryptedBy(TestKeys.ONE).database();
        return JdbcStores.stores(database);
    }

    @Override
    protected void advance(Duration step) {
        database.advance(step);
    }
}
