package io.tidings.spring.observe;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.tidings.message.TraceParent;
import org.jspecify.annotations.Nullable;

/**
 * Gives each delivery a trace of its own, linked to the span in which the message was sent: a file of ten thousand messages
 * is not one trace, and each still leads back to its sender.
 */
final class LinkedDelivery extends LinkedSpans<DeliverContext> {
    LinkedDelivery(Tracer tracer) {
        super(tracer, DeliverContext.class);
    }

    @Override
    Span.Builder place(Span.Builder fresh, DeliverContext context) {
        return fresh.setNoParent().kind(Span.Kind.CLIENT);
    }

    @Override
    @Nullable
    TraceParent sender(DeliverContext context) {
        return context.submission().origin().trace();
    }
}
