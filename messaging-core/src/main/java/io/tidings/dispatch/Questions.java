package io.tidings.dispatch;

import io.tidings.history.MessageRow;
import io.tidings.history.StoredMessage;
import io.tidings.message.AccountId;
import io.tidings.message.MessageId;
import io.tidings.outbox.QueueRow;
import io.tidings.outbox.Stores;
import io.tidings.provider.Provider;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks providers beside the sending: a few questions at a time, each through the account of its message. */
final class Questions {
    private static final Logger log = LoggerFactory.getLogger(Questions.class);
    private static final int MOST_AT_ONCE = 8;

    private final Stores stores;
    private final Function<AccountId, Optional<Provider>> providers;
    private final Executor executor;
    private final Wakeup wakeup;
    private final AtomicInteger running = new AtomicInteger();

    Questions(Stores stores, Function<AccountId, Optional<Provider>> providers, Executor executor, Wakeup wakeup) {
        this.stores = stores;
        this.providers = providers;
        this.executor = executor;
        this.wakeup = wakeup;
    }

    /** How many more may run now. The end of one that was among the most is a hint to come again. */
    int free() {
        return MOST_AT_ONCE - running.get();
    }

    boolean isIdle() {
        return running.get() == 0;
    }

    /** What a question is about, wherever its row is. */
    Optional<StoredMessage> message(MessageId id) {
        return stores.outbox()
                .find(id)
                .map(QueueRow::stored)
                .or(() -> stores.history().find(id).map(MessageRow::stored));
    }

    /** The provider of an account; empty while the account stands still or is not known here. */
    Optional<Provider> provider(AccountId account) {
        return providers.apply(account);
    }

    /** Runs a question beside the loop; what it throws is logged with its name. */
    void start(String name, Runnable question) {
        running.incrementAndGet();
        try {
            executor.execute(() -> {
                try {
                    question.run();
                } catch (RuntimeException e) {
                    log.warn("{} failed: {}", name, e.getClass().getName());
                } finally {
                    running.decrementAndGet();
                    wakeup.hint();
                }
            });
        } catch (RejectedExecutionException e) {
            running.decrementAndGet();
        }
    }
}
