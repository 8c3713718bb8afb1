package io.tidings.jdbc;

import javax.sql.DataSource;

class MariaDbMigratorTest extends MigratorContract {

    @Override
    DataSource empty() {
        return MariaDb.empty();
    }
}
