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
        UnitOfWorkTests() {
            super(AllStoresContract.this);
        }
    }

    @Nested
    final class OutboxStoreTests extends OutboxStoreContract {
        OutboxStoreTests() {
            super(AllStoresContract.this);
        }
    }

    @Nested
    final class WorkQueueTests extends WorkQueueContract {
        WorkQueueTests() {
            super(AllStoresContract.this);
        }
    }

    @Nested
    final class SpreadTests extends SpreadContract {
        SpreadTests() {
            super(AllStoresContract.this);
        }
    }

    @Nested
    final class LookoutTests extends LookoutContract {
        LookoutTests() {
            super(AllStoresContract.this);
        }
    }

    @Nested
    final class HandoverTests extends HandoverContract {
        HandoverTests() {
            super(AllStoresContract.this);
        }
    }

    @Nested
    final class DueOrderTests extends DueOrderContract {
        DueOrderTests() {
            super(AllStoresContract.this);
        }
    }

    @Nested
    final class HistoryStoreTests extends HistoryStoreContract {
        HistoryStoreTests() {
            super(AllStoresContract.this);
        }
    }

    @Nested
    final class AttemptStoreTests extends AttemptStoreContract {
        AttemptStoreTests() {
            super(AllStoresContract.this);
        }
    }

    @Nested
    final class DoubtStoreTests extends DoubtStoreContract {
        DoubtStoreTests() {
            super(AllStoresContract.this);
        }
    }

    @Nested
    final class DecisionStoreTests extends DecisionStoreContract {
        DecisionStoreTests() {
            super(AllStoresContract.this);
        }
    }

    @Nested
    final class ConsentStoreTests extends ConsentStoreContract {
        ConsentStoreTests() {
            super(AllStoresContract.this);
        }
    }

    @Nested
    final class AuditTests extends AuditContract {
        AuditTests() {
            super(AllStoresContract.this);
        }
    }

    @Nested
    final class FactSourceTests extends FactSourceContract {
        FactSourceTests() {
            super(AllStoresContract.this);
        }
    }

    @Nested
    final class InboundStoreTests extends InboundStoreContract {
        InboundStoreTests() {
            super(AllStoresContract.this);
        }
    }

    @Nested
    final class BudgetStoreTests extends BudgetStoreContract {
        BudgetStoreTests() {
            super(AllStoresContract.this);
        }
    }

    @Nested
    final class PumpingStoreTests extends PumpingStoreContract {
        PumpingStoreTests() {
            super(AllStoresContract.this);
        }
    }

    @Nested
    final class StampStoreTests extends StampStoreContract {
        StampStoreTests() {
            super(AllStoresContract.this);
        }
    }

    @Nested
    final class RecurringStoreTests extends RecurringStoreContract {
        RecurringStoreTests() {
            super(AllStoresContract.this);
        }
    }

    @Nested
    final class LimitStoreTests extends LimitStoreContract {
        LimitStoreTests() {
            super(AllStoresContract.this);
        }
    }

    @Nested
    final class SearchStoreTests extends SearchStoreContract {
        SearchStoreTests() {
            super(AllStoresContract.this);
        }
    }

    @Nested
    final class StatisticsStoreTests extends StatisticsStoreContract {
        StatisticsStoreTests() {
            super(AllStoresContract.this);
        }
    }

    @Nested
    final class RetentionStoreTests extends RetentionStoreContract {
        RetentionStoreTests() {
            super(AllStoresContract.this);
        }
    }

    @Nested
    final class TenantSettingsStoreTests extends TenantSettingsStoreContract {
        TenantSettingsStoreTests() {
            super(AllStoresContract.this);
        }
    }

    @Nested
    final class WebhookStoreTests extends WebhookStoreContract {
        WebhookStoreTests() {
            super(AllStoresContract.this);
        }
    }

    @Nested
    final class AccessKeyStoreTests extends AccessKeyStoreContract {
        AccessKeyStoreTests() {
            super(AllStoresContract.this);
        }
    }

    @Nested
    final class AlertStoreTests extends AlertStoreContract {
        AlertStoreTests() {
            super(AllStoresContract.this);
        }
    }

    @Nested
    final class EventStoreTests extends EventStoreContract {
        EventStoreTests() {
            super(AllStoresContract.this);
        }
    }

    @Nested
    final class DeliveryStoreTests extends DeliveryStoreContract {
        DeliveryStoreTests() {
            super(AllStoresContract.this);
        }
    }
}
