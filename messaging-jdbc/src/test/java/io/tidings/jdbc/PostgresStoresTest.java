package io.tidings.jdbc;

import io.tidings.outbox.Stores;
import io.tidings.test.AllStoresContract;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

class PostgresStoresTest extends AllStoresContract {
    private static final String SCHEMA = Databases.postgresSchema();
    private static final SharedTables TABLES =
            new SharedTables(Databases.postgres(), SCHEMA, stores -> stores.withSchema(SCHEMA));

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
