package io.tidings.template;

import io.tidings.message.MemoryTransactions;
import io.tidings.message.UnitOfWork;
import io.tidings.test.TemplateStoreContract;

class MemoryTemplateStoreTest extends TemplateStoreContract {
    private final MemoryTransactions transactions = new MemoryTransactions();

    @Override
    protected TemplateStore emptyStore() {
        return TemplateStore.inMemory(transactions);
    }

    @Override
    protected UnitOfWork transactions() {
        return transactions;
    }
}
