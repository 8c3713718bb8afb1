package io.tidings.jdbc;

import io.tidings.outbox.Stores;
import io.tidings.test.AllStoresContract;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;

/** The whole contract over a history in partitions: messages of long ago lie in one, those of now in another. */
class PartitionedStoresTest extends AllStoresContract {
    private static final String SCHEMA = Databases.postgresSchema();
    private static final SharedTables TABLES =
            new SharedTables(Databases.postgres(), SCHEMA, stores -> stores.withSchema(SCHEMA));

    private @Nullable Database database;

    @BeforeAll
    static void makePartitions() {
        Partitions.makeLongAgo(SCHEMA);
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
