package io.tidings.spring.observe;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.tidings.provider.ForwardingProvider;
import io.tidings.provider.Outcome;
import io.tidings.provider.Provider;
import io.tidings.provider.Submission;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Observes each request that hands a message over, and names the message and its campaign in the log's context meanwhile.
 * It can what the other one can.
 */
final class ObservedProvider extends ForwardingProvider {
    private static final String ID = TidingsObservation.High.ID.asString();
    private static final String CAMPAIGN = TidingsObservation.High.CAMPAIGN.asString();

    private final ObservationRegistry registry;
    private final @Nullable DeliverConvention convention;
    private final Consumer<Submission> accepted;

    ObservedProvider(
            Provider provider,
            ObservationRegistry registry,
            @Nullable DeliverConvention convention,
            Consumer<Submission> accepted) {
        super(provider);
        this.registry = registry;
        this.convention = convention;
        this.accepted = accepted;
    }

    @Override
    public Outcome send(Submission submission) {
        DeliverContext context = new DeliverContext(submission, isLive());
        Observation observation = TidingsObservation.DELIVER.observation(
                convention, new DefaultDeliverConvention(), () -> context, registry);
        String campaign = submission.origin().campaign();
        MDC.put(ID, submission.attempt().message().toString());
        if (campaign != null) {
            MDC.put(CAMPAIGN, campaign);
        }
        try {
            return Observed.call(observation, () -> {
                Outcome outcome = provider().send(submission);
                context.ended(outcome);
                if (outcome instanceof Outcome.Accepted) {
                    accepted.accept(submission);
                }
                return outcome;
            });
        } finally {
            MDC.remove(CAMPAIGN);
            MDC.remove(ID);
        }
    }

    @Override
    public <T> Optional<T> can(Class<T> more) {
        return provider().can(more);
    }
}
