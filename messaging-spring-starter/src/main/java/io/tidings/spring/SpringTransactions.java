package io.tidings.spring;

import io.tidings.message.UnitOfWork;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Transactions of Spring, so that what is bound to them runs: synchronizations and transactional listeners. */
final class SpringTransactions implements UnitOfWork {
    private final Supplier<@Nullable PlatformTransactionManager> managers;

    /** Asks for the manager when there is work, so that none is made for this alone. */
    SpringTransactions(Supplier<@Nullable PlatformTransactionManager> managers) {
        this.managers = managers;
    }

    @Override
    @SuppressWarnings("NullAway") // the template returns what the work returns
    public <T> T run(Supplier<T> work) {
        PlatformTransactionManager manager = managers.get();
        return manager == null ? work.get() : new TransactionTemplate(manager).execute(status -> work.get());
    }

    @Override
    public void afterCommit(Runnable hint) {
        throw new UnsupportedOperationException("hints belong to the transactions of the stores");
    }
}
