package io.tidings.spring.observe;

import io.micrometer.observation.Observation;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.TracingObservationHandler;
import io.tidings.message.TraceParent;

/**
 * Gives each delivery a trace of its own, linked to the span in which the message was sent: a file of ten thousand messages
 * is not one trace, and each still leads back to its sender.
 */
final class LinkedDelivery implements TracingObservationHandler<DeliverContext> {
    private final Tracer tracer;

    LinkedDelivery(Tracer tracer) {
        this.tracer = tracer;
    }

    @Override
    public void onStart(DeliverContext context) {
        Span.Builder span = tracer.spanBuilder().setNoParent().kind(Span.Kind.CLIENT);
        TraceParent sender = context.submission().origin().trace();
        if (sender != null) {
            span.addLink(SenderLink.to(sender, tracer));
        }
        getTracingContext(context).setSpan(span.start());
    }

    @Override
    public void onStop(DeliverContext context) {
        Span span = getRequiredSpan(context);
        span.name(getSpanName(context));
        tagSpan(context, span);
        endSpan(context, span);
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
        return context instanceof DeliverContext;
    }

    @Override
    public Tracer getTracer() {
        return tracer;
    }
}
