package io.tidings.jdbc;

import io.tidings.outbox.Stores;
import io.tidings.test.AllStoresContract;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The whole contract with numbers and texts encrypted. */
class InstalledPostgresEncryptedStoresTest extends AllStoresContract {
    private static final DataSource SERVER = InstalledPostgres.start();
    private static final AtomicInteger MADE = new AtomicInteger();

    private @Nullable Database database;

    @Override
    protected Stores newStores() {
        String schema = "t" + MADE.incrementAndGet();
        Databases.execute(SERVER, "CREATE SCHEMA " + schema);
        database = JdbcStores.on(SERVER).withSchema(schema).encryptedBy(TestKeys.ONE).database();
        return JdbcStores.stores(database);
    }

    @Override
    protected void advance(Duration step) {
        database.advance(step);
    }
}
