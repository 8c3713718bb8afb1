package io.tidings.spring.observe;

import io.micrometer.observation.Observation;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.TracingObservationHandler;

/** Links each report to the span in which the message was sent. It stays within the callback, or the poll, that brought it. */
final class LinkedStatus implements TracingObservationHandler<StatusContext> {
    private final Tracer tracer;

    LinkedStatus(Tracer tracer) {
        this.tracer = tracer;
    }

    @Override
    public void onStart(StatusContext context) {
        Span.Builder span = tracer.spanBuilder();
        Span parent = getParentSpan(context);
        if (parent != null) {
            span.setParent(parent.context());
        }
        if (context.sender() != null) {
            span.addLink(SenderLink.to(context.sender(), tracer));
        }
        getTracingContext(context).setSpan(span.start());
    }

    @Override
    public void onStop(StatusContext context) {
        Span span = getRequiredSpan(context);
        span.name(getSpanName(context));
        tagSpan(context, span);
        endSpan(context, span);
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
        return context instanceof StatusContext;
    }

    @Override
    public Tracer getTracer() {
        return tracer;
    }
}
