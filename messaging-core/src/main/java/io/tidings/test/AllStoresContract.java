package io.tidings.test;

import io.tidings.outbox.Stores;
import java.time.Duration;
import org.junit.jupiter.api.Nested;

/**
 * Every contract at once, for the test of a complete set of {@link Stores}: extend it, give the stores and move their
 * clock.
 *
 * <pre>{@code
 * class MyStoresTest extends AllStoresContract {
 *     protected Stores newStores() { … }
 *     protected void advance(Duration step) { … }
 * }
 * }</pre>
 */
public abstract class AllStoresContract {

    /** For subclasses, which give the stores and move their clock. */
    protected AllStoresContract() {}

    /** Empty stores; called before each test. */
    protected abstract Stores newStores();

    /** Moves the clock of the newest stores on by this step. */
    protected abstract void advance(Duration step);

    @Nested
    final class UnitOfWorkTests extends UnitOfWorkContract {
        @Override
        protected Stores newStores() {
            return AllStoresContract.this.newStores();
        }

        @Override
        protected void advance(Duration step) {
            AllStoresContract.this.advance(step);
        }
    }

    @Nested
    final class OutboxStoreTests extends OutboxStoreContract {
        @Override
        protected Stores newStores() {
            return AllStoresContract.this.newStores();
        }

        @Override
        protected void advance(Duration step) {
            AllStoresContract.this.advance(step);
        }
    }

    @Nested
    final class WorkQueueTests extends WorkQueueContract {
        @Override
        protected Stores newStores() {
            return AllStoresContract.this.newStores();
        }

        @Override
        protected void advance(Duration step) {
            AllStoresContract.this.advance(step);
        }
    }

    @Nested
    final class DueOrderTests extends DueOrderContract {
        @Override
        protected Stores newStores() {
            return AllStoresContract.this.newStores();
        }

        @Override
        protected void advance(Duration step) {
            AllStoresContract.this.advance(step);
        }
    }

    @Nested
    final class HistoryStoreTests extends HistoryStoreContract {
        @Override
        protected Stores newStores() {
            return AllStoresContract.this.newStores();
        }

        @Override
        protected void advance(Duration step) {
            AllStoresContract.this.advance(step);
        }
    }

    @Nested
    final class AttemptStoreTests extends AttemptStoreContract {
        @Override
        protected Stores newStores() {
            return AllStoresContract.this.newStores();
        }

        @Override
        protected void advance(Duration step) {
            AllStoresContract.this.advance(step);
        }
    }

    @Nested
    final class DoubtStoreTests extends DoubtStoreContract {
        @Override
        protected Stores newStores() {
            return AllStoresContract.this.newStores();
        }

        @Override
        protected void advance(Duration step) {
            AllStoresContract.this.advance(step);
        }
    }

    @Nested
    final class DecisionStoreTests extends DecisionStoreContract {
        @Override
        protected Stores newStores() {
            return AllStoresContract.this.newStores();
        }

        @Override
        protected void advance(Duration step) {
            AllStoresContract.this.advance(step);
        }
    }

    @Nested
    final class ConsentStoreTests extends ConsentStoreContract {
        @Override
        protected Stores newStores() {
            return AllStoresContract.this.newStores();
        }

        @Override
        protected void advance(Duration step) {
            AllStoresContract.this.advance(step);
        }
    }

    @Nested
    final class AuditTests extends AuditContract {
        @Override
        protected Stores newStores() {
            return AllStoresContract.this.newStores();
        }

        @Override
        protected void advance(Duration step) {
            AllStoresContract.this.advance(step);
        }
    }

    @Nested
    final class FactSourceTests extends FactSourceContract {
        @Override
        protected Stores newStores() {
            return AllStoresContract.this.newStores();
        }

        @Override
        protected void advance(Duration step) {
            AllStoresContract.this.advance(step);
        }
    }

    @Nested
    final class InboundStoreTests extends InboundStoreContract {
        @Override
        protected Stores newStores() {
            return AllStoresContract.this.newStores();
        }

        @Override
        protected void advance(Duration step) {
            AllStoresContract.this.advance(step);
        }
    }

    @Nested
    final class BudgetStoreTests extends BudgetStoreContract {
        @Override
        protected Stores newStores() {
            return AllStoresContract.this.newStores();
        }

        @Override
        protected void advance(Duration step) {
            AllStoresContract.this.advance(step);
        }
    }

    @Nested
    final class PumpingStoreTests extends PumpingStoreContract {
        @Override
        protected Stores newStores() {
            return AllStoresContract.this.newStores();
        }

        @Override
        protected void advance(Duration step) {
            AllStoresContract.this.advance(step);
        }
    }
}
