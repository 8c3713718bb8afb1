package io.tidings.spring.observe;

import io.micrometer.observation.ObservationRegistry;
import io.tidings.history.Observation;
import io.tidings.message.AttemptId;
import io.tidings.message.MessageId;
import io.tidings.message.TraceParent;
import io.tidings.outbox.ReportObserver;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Observes each report of the provider about an attempt. */
final class ObservedReports implements ReportObserver {
    private final ObservationRegistry registry;
    private final @Nullable StatusConvention convention;
    private final Function<MessageId, Optional<TraceParent>> senders;

    ObservedReports(
            ObservationRegistry registry,
            @Nullable StatusConvention convention,
            Function<MessageId, Optional<TraceParent>> senders) {
        this.registry = registry;
        this.convention = convention;
        this.senders = senders;
    }

    @Override
    public boolean observe(AttemptId attempt, Observation seen, BooleanSupplier rest) {
        StatusContext context = new StatusContext(
                attempt, seen, senders.apply(attempt.message()).orElse(null));
        return Observed.call(
                TidingsObservation.STATUS.observation(
                        convention, new DefaultStatusConvention(), () -> context, registry),
                () -> {
                    boolean known = rest.getAsBoolean();
                    context.ended(known);
                    return known;
                });
    }
}
