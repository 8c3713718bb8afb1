package io.tidings.spring.observe;

import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.TracingObservationHandler;
import io.tidings.Tidings;
import io.tidings.spring.TidingsAutoConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;

/** Traces across the queue, where there is a tracer: the span that sends is stored, and those that deliver and that report link to it. */
@AutoConfiguration(
        before = {TidingsAutoConfiguration.class, TidingsObservationAutoConfiguration.class},
        afterName = {
            "org.springframework.boot.micrometer.tracing.autoconfigure.BraveAutoConfiguration",
            "org.springframework.boot.micrometer.tracing.autoconfigure.OpenTelemetryTracingAutoConfiguration",
            "org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration",
            "org.springframework.boot.micrometer.tracing.brave.autoconfigure.BraveAutoConfiguration",
            "org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration"
        })
@ConditionalOnBooleanProperty(name = "tidings.enabled", matchIfMissing = true)
@ConditionalOnClass({Tracer.class, TracingObservationHandler.class})
@ConditionalOnBean(Tracer.class)
public final class TidingsTracingAutoConfiguration {
    /** Before the handlers that take everything that sends or receives; ours take deliveries and reports alone. */
    static final int ORDER = 500;

    @Bean
    @ConditionalOnMissingBean
    CurrentSpan tidingsCurrentSpan(Tracer tracer) {
        return new TracedSpan(tracer);
    }

    @Bean
    @ConditionalOnMissingBean
    @Order(ORDER)
    LinkedDelivery tidingsLinkedDelivery(Tracer tracer) {
        return new LinkedDelivery(tracer);
    }

    @Bean
    @ConditionalOnMissingBean
    @Order(ORDER)
    LinkedStatus tidingsLinkedStatus(Tracer tracer) {
        return new LinkedStatus(tracer);
    }

    @Bean
    @ConditionalOnMissingBean
    SenderSpans tidingsSenderSpans(ObjectProvider<Tidings> tidings) {
        return new SenderSpans(message -> tidings.getObject()
                .find(message)
                .map(found -> found.stored().message().options().trace()));
    }
}
