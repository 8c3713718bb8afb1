package io.tidings.spring.observe;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.tidings.provider.ForwardingProvider;
import io.tidings.provider.Outcome;
import io.tidings.provider.Provider;
import io.tidings.provider.Submission;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.MDC;

/**
 * Observes each request that hands a message over, and names the message in the log's context meanwhile. It can what the
 * other one can.
 */
final class ObservedProvider extends ForwardingProvider {
    private static final String ID = "tidings.id";

    private final ObservationRegistry registry;
    private final DeliverConvention convention;
    private final Consumer<Submission> accepted;

    ObservedProvider(
            Provider provider,
            ObservationRegistry registry,
            DeliverConvention convention,
            Consumer<Submission> accepted) {
        super(provider);
        this.registry = registry;
        this.convention = convention;
        this.accepted = accepted;
    }

    @Override
    public Outcome send(Submission submission) {
        DeliverContext context = new DeliverContext(submission, isLive());
        Observation observation = Observation.createNotStarted(convention, () -> context, registry);
        MDC.put(ID, submission.attempt().message().toString());
        try {
            return Objects.requireNonNull(observation.observe(() -> {
                Outcome outcome = provider().send(submission);
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
    public <T> Optional<T> can(Class<T> more) {
        return provider().can(more);
    }
}
