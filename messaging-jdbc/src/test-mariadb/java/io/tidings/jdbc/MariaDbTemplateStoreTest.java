package io.tidings.jdbc;

import io.tidings.message.UnitOfWork;
import io.tidings.template.TemplateStore;
import io.tidings.test.TemplateStoreContract;

class MariaDbTemplateStoreTest extends TemplateStoreContract {
    private final Database database = MariaDb.stores().database();

    @Override
    protected TemplateStore emptyStore() {
        return new JdbcTemplateStore(database);
    }

    @Override
    protected UnitOfWork transactions() {
        return database.transactions();
    }
}
