package io.tidings.dispatch;

import io.tidings.gate.Gates;
import io.tidings.message.AccountId;
import io.tidings.message.TimeSource;
import io.tidings.outbox.PollPlan;
import io.tidings.outbox.Settler;
import io.tidings.outbox.Stores;
import io.tidings.provider.CallbackAddress;
import io.tidings.provider.Provider;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What a worker works with.
 *
 * @param stores the stores
 * @param settler records outcomes and reports
 * @param gates asked before the wire
 * @param providers who carries the messages of each account
 * @param callbacks where the provider reports, or {@code null} without a public address
 * @param settings how it works
 * @param rates how fast each sender is
 * @param polls when the provider is asked about messages
 * @param looks when the provider's list is looked at for attempts with an unknown outcome
 * @param time both clocks
 * @param executor runs the blocking calls, or {@code null} for threads of the worker's own: virtual ones where the JVM
 *     has them
 */
public record WorkerSetup(
        Stores stores,
        Settler settler,
        Gates gates,
        Map<AccountId, Provider> providers,
        @Nullable CallbackAddress callbacks,
        DispatchSettings settings,
        SenderRates rates,
        PollPlan polls,
        LookPlan looks,
        TimeSource time,
        @Nullable Executor executor) {

    /** Copies the providers. */
    public WorkerSetup {
        providers = Map.copyOf(providers);
    }
}
