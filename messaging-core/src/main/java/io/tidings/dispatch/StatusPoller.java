package io.tidings.dispatch;

import io.tidings.history.AttemptStore.Poll;
import io.tidings.history.Observation;
import io.tidings.message.AttemptId;
import io.tidings.message.Money;
import io.tidings.message.TimeSource;
import io.tidings.outbox.PollPlan;
import io.tidings.outbox.Settler;
import io.tidings.outbox.Stores;
import io.tidings.provider.Answer;
import io.tidings.provider.Provider;
import io.tidings.provider.ProviderMessage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the provider about messages whose final state has not come in. */
final class StatusPoller {
    private static final Logger log = LoggerFactory.getLogger(StatusPoller.class);
    private static final int MOST_AT_ONCE = 8;

    private final Stores stores;
    private final Settler settler;
    private final PollPlan plan;
    private final TimeSource time;
    private final Executor executor;
    private final Wakeup wakeup;
    private final AtomicInteger running = new AtomicInteger();

    StatusPoller(Stores stores, Settler settler, PollPlan plan, TimeSource time, Executor executor, Wakeup wakeup) {
        this.stores = stores;
        this.settler = settler;
        this.plan = plan;
        this.time = time;
        this.executor = executor;
        this.wakeup = wakeup;
    }

    /**
     * Starts the questions that are due. Returns nanoseconds until the next one; while no more may run, the end of one
     * is a hint instead.
     */
    long poll(Provider provider) {
        int free = MOST_AT_ONCE - running.get();
        if (free <= 0) {
            return Long.MAX_VALUE;
        }
        List<Poll> due = stores.transactions().run(() -> {
            List<Poll> polls = stores.attempts().duePolls(free);
            polls.forEach(this::planNext);
            return polls;
        });
        due.forEach(poll -> start(provider, poll));
        return stores.attempts().nextPoll().map(Duration::toNanos).orElse(Long.MAX_VALUE);
    }

    private void planNext(Poll poll) {
        int next = poll.round() + 1;
        if (next < plan.waits().size()) {
            stores.attempts().pollAfter(poll.attempt(), plan.waits().get(next), next);
        } else {
            stores.attempts().stopPolling(poll.attempt());
        }
    }

    private void start(Provider provider, Poll poll) {
        running.incrementAndGet();
        try {
            executor.execute(() -> {
                try {
                    ask(provider, poll.attempt(), poll.sid());
                } catch (RuntimeException e) {
                    log.warn(
                            "asking about attempt {} failed: {}",
                            poll.attempt(),
                            e.getClass().getName());
                } finally {
                    if (running.getAndDecrement() == MOST_AT_ONCE) {
                        wakeup.hint();
                    }
                }
            });
        } catch (RejectedExecutionException e) {
            running.decrementAndGet();
        }
    }

    /** The words of Twilio's own parameters. */
    private static Map<String, String> price(ProviderMessage seen) {
        return seen.price() == null || seen.currency() == null
                ? Map.of()
                : Map.of(
                        "Price",
                        seen.price().toPlainString(),
                        "PriceUnit",
                        seen.currency().getCurrencyCode());
    }

    /** Asks about one attempt now and merges the answer. */
    void ask(Provider provider, AttemptId attempt, String sid) {
        Answer<ProviderMessage> answer = provider.fetch(sid);
        if (answer instanceof Answer.Found<ProviderMessage> found) {
            ProviderMessage seen = found.value();
            settler.report(
                    attempt,
                    new Observation(
                            seen.status(),
                            sid,
                            seen.errorCode(),
                            null,
                            Observation.Source.POLL,
                            time.instant(),
                            price(seen)));
            if (seen.price() != null && seen.currency() != null) {
                settler.charged(attempt, new Money(seen.price(), seen.currency()));
            }
        } else {
            log.debug("no status for attempt {}: {}", attempt, answer);
        }
    }
}
