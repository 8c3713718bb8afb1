package io.tidings.spring.observe;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.tidings.inbound.InboundHandler;
import io.tidings.inbound.Reply;
import io.tidings.message.InboundMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Observes each call of a handler, and names the message in the log's context meanwhile. */
final class ObservedHandler implements InboundHandler {
    private static final String ID = TidingsObservation.High.ID.asString();

    private final InboundHandler handler;
    private final ObservationRegistry registry;
    private final @Nullable InboundConvention convention;

    ObservedHandler(InboundHandler handler, ObservationRegistry registry, @Nullable InboundConvention convention) {
        this.handler = handler;
        this.registry = registry;
        this.convention = convention;
    }

    @Override
    public Reply handle(InboundMessage message) throws Exception {
        InboundContext context = new InboundContext(message);
        Observation observation = TidingsObservation.INBOUND.observation(
                convention, new DefaultInboundConvention(), () -> context, registry);
        MDC.put(ID, message.id().toString());
        try {
            return Observed.call(observation, () -> {
                Reply reply = handler.handle(message);
                context.ended(reply);
                return reply;
            });
        } finally {
            MDC.remove(ID);
        }
    }
}
