package io.tidings.spring.observe;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.tidings.message.Money;
import io.tidings.provider.AccountCheck;
import io.tidings.provider.Answer;
import io.tidings.provider.InboundListing;
import io.tidings.provider.ListQuery;
import io.tidings.provider.Outcome;
import io.tidings.provider.Provider;
import io.tidings.provider.ProviderClock;
import io.tidings.provider.ProviderMessage;
import io.tidings.provider.SentListing;
import io.tidings.provider.Submission;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Observes each request that hands a message over, and names the message in the log's context meanwhile. */
class ObservedProvider implements Provider {
    private static final String ID = "tidings.id";

    private final Provider provider;
    private final ObservationRegistry registry;
    private final DeliverConvention convention;
    private final Consumer<Submission> accepted;

    private ObservedProvider(
            Provider provider,
            ObservationRegistry registry,
            DeliverConvention convention,
            Consumer<Submission> accepted) {
        this.provider = provider;
        this.registry = registry;
        this.convention = convention;
        this.accepted = accepted;
    }

    /** With everything that this one can. */
    static Provider around(
            Provider provider,
            ObservationRegistry registry,
            DeliverConvention convention,
            Consumer<Submission> accepted) {
        ObservedProvider observed = new ObservedProvider(provider, registry, convention, accepted);
        if (!(provider instanceof SentListing sent)) {
            return observed;
        }
        return provider instanceof InboundListing received && provider instanceof ProviderClock clock
                ? new Listing(observed, new Lists(received, sent, clock))
                : new Relisting(observed, sent);
    }

    @Override
    public Outcome send(Submission submission) {
        DeliverContext context = new DeliverContext(submission, provider.isLive());
        Observation observation = Observation.createNotStarted(convention, () -> context, registry);
        MDC.put(ID, submission.attempt().message().toString());
        try {
            return Objects.requireNonNull(observation.observe(() -> {
                Outcome outcome = provider.send(submission);
                context.ended(outcome);
                if (outcome instanceof Outcome.Accepted) {
                    accepted.accept(submission);
                }
                return outcome;
            }));
        } finally {
            MDC.remove(ID);
        }
    }

    @Override
    public Answer<ProviderMessage> fetch(String sid) {
        return provider.fetch(sid);
    }

    @Override
    public Answer<List<ProviderMessage>> list(ListQuery query) {
        return provider.list(query);
    }

    @Override
    public Answer<ProviderMessage> cancel(String sid) {
        return provider.cancel(sid);
    }

    @Override
    public AccountCheck check() {
        return provider.check();
    }

    @Override
    public Answer<Money> balance() {
        return provider.balance();
    }

    @Override
    public boolean isLive() {
        return provider.isLive();
    }

    @Override
    public void close() {
        provider.close();
    }

    /** One that also lists what went out. */
    private static final class Relisting extends ObservedProvider implements SentListing {
        private final SentListing lists;

        Relisting(ObservedProvider observed, SentListing lists) {
            super(observed.provider, observed.registry, observed.convention, observed.accepted);
            this.lists = lists;
        }

        @Override
        public Answer<SentListing.Page> sent(Instant from, @Nullable String page) {
            return lists.sent(from, page);
        }
    }

    private record Lists(InboundListing received, SentListing sent, ProviderClock clock) {}

    /** One that also lists what came in and went out, and has a clock. */
    private static final class Listing extends ObservedProvider implements InboundListing, SentListing, ProviderClock {
        private final Lists lists;

        Listing(ObservedProvider observed, Lists lists) {
            super(observed.provider, observed.registry, observed.convention, observed.accepted);
            this.lists = lists;
        }

        @Override
        public Answer<InboundListing.Page> received(Query query) {
            return lists.received().received(query);
        }

        @Override
        public Answer<SentListing.Page> sent(Instant from, @Nullable String page) {
            return lists.sent().sent(from, page);
        }

        @Override
        public Optional<Instant> now() {
            return lists.clock().now();
        }
    }
}
