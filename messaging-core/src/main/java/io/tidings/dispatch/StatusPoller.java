package io.tidings.dispatch;

import io.tidings.gate.Gates;
import io.tidings.gate.ReservingGate.Claim;
import io.tidings.history.Attempt;
import io.tidings.history.AttemptStore.Poll;
import io.tidings.history.Observation;
import io.tidings.message.AttemptId;
import io.tidings.message.Money;
import io.tidings.outbox.PollPlan;
import io.tidings.outbox.Settler;
import io.tidings.outbox.Stores;
import io.tidings.provider.Answer;
import io.tidings.provider.Provider;
import io.tidings.provider.ProviderMessage;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the provider about messages whose final state has not come in. */
final class StatusPoller {
    private static final Logger log = LoggerFactory.getLogger(StatusPoller.class);
    private static final String PRICE = "Price";
    /** For a round that the plan has no wait for any more, because it was changed. */
    private static final Duration LATER = Duration.ofMinutes(1);

    private final Stores stores;
    private final Settler settler;
    private final Gates gates;
    private final PollPlan plan;
    private final InstantSource time;
    private final Questions questions;

    StatusPoller(WorkerSetup setup, Questions questions) {
        this.stores = setup.stores();
        this.settler = setup.settler();
        this.gates = setup.gates();
        this.plan = setup.polls();
        this.time = setup.time();
        this.questions = questions;
    }

    /**
     * Starts the questions that are due, each through the account of its message. Returns nanoseconds until the next one;
     * while no more may run, the end of one is a hint instead.
     */
    long poll() {
        int free = questions.free();
        if (free <= 0) {
            return Long.MAX_VALUE;
        }
        Map<Poll, Provider> due = stores.transactions().run(() -> {
            Map<Poll, Provider> ready = new LinkedHashMap<>();
            stores.attempts().duePolls(free).forEach(poll -> plan(poll, ready));
            return ready;
        });
        due.forEach((poll, provider) -> questions.start(
                "asking about attempt " + poll.attempt(), () -> ask(provider, poll.attempt(), poll.sid())));
        return stores.attempts().nextPoll().map(Duration::toNanos).orElse(Long.MAX_VALUE);
    }

    private void plan(Poll poll, Map<Poll, Provider> ready) {
        Optional<Provider> provider = provider(poll);
        if (plan.isAboutPrice(poll.round()) && isPriced(poll.attempt())) {
            stores.attempts().stopPolling(poll.attempt());
        } else if (provider.isPresent()) {
            ready.put(poll, provider.get());
            planNext(poll);
        } else {
            postpone(poll);
        }
    }

    private boolean isPriced(AttemptId attempt) {
        return stores.attempts().observations(attempt).stream()
                .anyMatch(seen -> seen.raw().containsKey(PRICE));
    }

    private Optional<Provider> provider(Poll poll) {
        return questions.message(poll.attempt().message()).flatMap(message -> questions.provider(message.account()));
    }

    /** Its account stands still: asking now would only fail, and the question must not be used up by that. */
    private void postpone(Poll poll) {
        Duration wait = plan.before(poll.round()).orElse(LATER);
        stores.attempts().pollAfter(poll.attempt(), wait, poll.round());
    }

    /** Rounds about a price begin with the end of the message, not after those about its state. */
    private void planNext(Poll poll) {
        int next = poll.round() + 1;
        Optional<Duration> wait = next == plan.firstPrice() ? Optional.empty() : plan.before(next);
        if (wait.isPresent()) {
            stores.attempts().pollAfter(poll.attempt(), wait.get(), next);
        } else {
            stores.attempts().stopPolling(poll.attempt());
        }
    }

    /** The words of Twilio's own parameters. */
    private static Map<String, String> price(ProviderMessage seen) {
        return seen.price() == null || seen.currency() == null
                ? Map.of()
                : Map.of(
                        PRICE,
                        seen.price().toPlainString(),
                        "PriceUnit",
                        seen.currency().getCurrencyCode());
    }

    private void charge(AttemptId attempt, Money price) {
        stores.transactions().execute(() -> {
            settler.charged(attempt, price);
            Optional<Attempt> begun = stores.attempts().attempts(attempt.message()).stream()
                    .filter(one -> one.id().equals(attempt))
                    .findFirst();
            questions
                    .message(attempt.message())
                    .ifPresent(stored -> begun.ifPresent(one ->
                            gates.charged(new Claim(attempt, stored.message(), stored.segments()), one.startedAt())));
        });
    }

    /** Asks about one attempt now and merges the answer. */
    void ask(Provider provider, AttemptId attempt, String sid) {
        Answer<ProviderMessage> answer = provider.fetch(sid);
        if (answer instanceof Answer.Found<ProviderMessage> found) {
            ProviderMessage seen = found.value();
            if (seen.price() != null && seen.currency() != null) {
                charge(attempt, new Money(seen.price(), seen.currency()));
            }
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
        } else {
            log.debug("no status for attempt {}: {}", attempt, answer);
        }
    }
}
