package io.tidings.jdbc;

import javax.sql.DataSource;

class H2MigratorTest extends MigratorContract {

    @Override
    DataSource empty() {
        return Databases.h2();
    }
}
