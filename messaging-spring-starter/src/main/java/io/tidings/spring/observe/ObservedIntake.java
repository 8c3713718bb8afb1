package io.tidings.spring.observe;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.tidings.message.OutboundMessage;
import io.tidings.message.TraceParent;
import io.tidings.outbox.IntakeObserver;
import io.tidings.outbox.Receipt;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Observes each call that takes messages in, and stores the span that it is in with those that have none. */
final class ObservedIntake implements IntakeObserver {
    private final ObservationRegistry registry;
    private final @Nullable SendConvention convention;
    private final CurrentSpan span;

    ObservedIntake(ObservationRegistry registry, @Nullable SendConvention convention, CurrentSpan span) {
        this.registry = registry;
        this.convention = convention;
        this.span = span;
    }

    @Override
    public List<Receipt> observe(List<OutboundMessage> messages, Function<List<OutboundMessage>, List<Receipt>> rest) {
        SendContext context = new SendContext(messages);
        Observation observation =
                TidingsObservation.SEND.observation(convention, new DefaultSendConvention(), () -> context, registry);
        return Observed.call(observation, () -> {
            List<Receipt> receipts = rest.apply(traced(messages));
            context.ended(receipts);
            return receipts;
        });
    }

    private List<OutboundMessage> traced(List<OutboundMessage> messages) {
        Optional<TraceParent> sender = span.now();
        return sender.isEmpty()
                ? messages
                : messages.stream()
                        .map(each -> each.options().trace() == null ? each.withTrace(sender.get()) : each)
                        .toList();
    }
}
