package io.tidings.jdbc;

import io.tidings.outbox.Stores;
import io.tidings.test.AllStoresContract;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The whole contract with another prefix in another schema: a statement that forgets one of them finds no table. */
class PrefixedStoresTest extends AllStoresContract {
    private static final SharedTables TABLES = new SharedTables(
            withSchema(), "TEXTS", stores -> stores.withSchema("texts").withPrefix("acme_"));

    private @Nullable Database database;

    private static DataSource withSchema() {
        DataSource pool = Databases.h2();
        Databases.execute(pool, "CREATE SCHEMA texts");
        return pool;
    }

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
