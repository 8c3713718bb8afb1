package io.tidings.template;

import io.tidings.test.TemplateStoreContract;

class MemoryTemplateStoreTest extends TemplateStoreContract {
    @Override
    protected TemplateStore emptyStore() {
        return TemplateStore.inMemory();
    }
}
