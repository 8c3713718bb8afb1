package io.tidings.spring.observe;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.tidings.message.TraceParent;
import org.jspecify.annotations.Nullable;

/** Links each report to the span in which the message was sent. It stays within the callback, or the poll, that brought it. */
final class LinkedStatus extends LinkedSpans<StatusContext> {
    LinkedStatus(Tracer tracer) {
        super(tracer, StatusContext.class);
    }

    @Override
    Span.Builder place(Span.Builder fresh, StatusContext context) {
        Span parent = getParentSpan(context);
        return parent == null ? fresh : fresh.setParent(parent.context());
    }

    @Override
    @Nullable
    TraceParent sender(StatusContext context) {
        return context.sender();
    }
}
