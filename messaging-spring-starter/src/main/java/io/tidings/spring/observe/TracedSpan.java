package io.tidings.spring.observe;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import io.tidings.message.TraceParent;
import java.util.Optional;

/** The span that a tracer of Micrometer is in. */
final class TracedSpan implements CurrentSpan {
    private static final int TRACE_DIGITS = 32;

    private final Tracer tracer;

    TracedSpan(Tracer tracer) {
        this.tracer = tracer;
    }

    @Override
    public Optional<TraceParent> now() {
        Span span = tracer.currentSpan();
        return span == null || span.isNoop() ? Optional.empty() : header(span.context());
    }

    /** Ids of 64 bits, which some tracers still make, are filled up as the standard says. */
    private static Optional<TraceParent> header(TraceContext context) {
        String trace = "0".repeat(Math.max(0, TRACE_DIGITS - context.traceId().length())) + context.traceId();
        boolean sampled = Boolean.TRUE.equals(context.sampled());
        return TraceParent.parse("00-" + trace + "-" + context.spanId() + (sampled ? "-01" : "-00"));
    }
}
