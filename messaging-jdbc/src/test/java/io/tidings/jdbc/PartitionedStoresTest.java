package io.tidings.jdbc;

import io.tidings.outbox.Stores;
import io.tidings.test.AllStoresContract;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The whole contract over a history in partitions: messages of long ago lie in one, those of now in another. */
class PartitionedStoresTest extends AllStoresContract {
    private @Nullable Database database;

    @Override
    protected Stores newStores() {
        String schema = Databases.postgresSchema();
        database = JdbcStores.on(Databases.postgres()).withSchema(schema).database();
        Stores stores = JdbcStores.stores(database);
        Partitions.makeLongAgo(schema);
        return stores;
    }

    @Override
    protected void advance(Duration step) {
        database.advance(step);
    }
}
