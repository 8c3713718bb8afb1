package io.tidings.spring.observe;

import io.micrometer.observation.Observation;
import io.micrometer.tracing.Link;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.TracingObservationHandler;
import io.tidings.message.TraceParent;
import org.jspecify.annotations.Nullable;

/** Makes spans that lead back to the one in which a message was sent. */
abstract class LinkedSpans<T extends Observation.Context> implements TracingObservationHandler<T> {
    private final Tracer tracer;
    private final Class<T> kind;

    LinkedSpans(Tracer tracer, Class<T> kind) {
        this.tracer = tracer;
        this.kind = kind;
    }

    /** A span that is not begun yet, in its place among the others. */
    abstract Span.Builder place(Span.Builder fresh, T context);

    /** In which span the message was sent, if in any. */
    abstract @Nullable TraceParent sender(T context);

    @Override
    public void onStart(T context) {
        Span.Builder span = place(tracer.spanBuilder(), context);
        TraceParent sender = sender(context);
        if (sender != null) {
            span.addLink(new Link(tracer.traceContextBuilder()
                    .traceId(sender.traceId())
                    .spanId(sender.spanId())
                    .sampled(sender.sampled())
                    .build()));
        }
        getTracingContext(context).setSpan(span.start());
    }

    @Override
    public void onStop(T context) {
        Span span = getRequiredSpan(context);
        span.name(getSpanName(context));
        tagSpan(context, span);
        endSpan(context, span);
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
        return kind.isInstance(context);
    }

    @Override
    public Tracer getTracer() {
        return tracer;
    }
}
