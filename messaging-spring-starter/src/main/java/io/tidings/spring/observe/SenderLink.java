package io.tidings.spring.observe;

import io.micrometer.tracing.Link;
import io.micrometer.tracing.Tracer;
import io.tidings.message.TraceParent;

/** Leads from a span to the one in which a message was sent. */
final class SenderLink {
    private SenderLink() {}

    static Link to(TraceParent sender, Tracer tracer) {
        return new Link(tracer.traceContextBuilder()
                .traceId(sender.traceId())
                .spanId(sender.spanId())
                .sampled(sender.sampled())
                .build());
    }
}
