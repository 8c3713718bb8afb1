package io.tidings.spring.observe;

import io.micrometer.observation.ObservationRegistry;
import io.tidings.spring.ProviderDecorator;
import io.tidings.spring.TidingsAutoConfiguration;
import io.tidings.spring.TidingsCustomizer;
import io.tidings.spring.TidingsWebhookAutoConfiguration;
import io.tidings.spring.WebhookDecorator;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** The observations of {@link TidingsObservation}, where there is a registry. */
@AutoConfiguration(
        before = {TidingsAutoConfiguration.class, TidingsWebhookAutoConfiguration.class},
        afterName = "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration")
@ConditionalOnBooleanProperty(name = "tidings.enabled", matchIfMissing = true)
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBean(ObservationRegistry.class)
public final class TidingsObservationAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(name = "tidingsObservation")
    ProviderDecorator tidingsObservation(
            ObservationRegistry registry,
            ObjectProvider<DeliverConvention> convention,
            ObjectProvider<SegmentCounter> segments,
            ObjectProvider<SenderSpans> senders) {
        SenderSpans spans = senders.getIfAvailable();
        return provider -> new ObservedProvider(provider, registry, convention.getIfAvailable(), accepted -> {
            segments.ifAvailable(counter -> counter.count(accepted));
            if (spans != null) {
                spans.remember(
                        accepted.attempt().message(),
                        Optional.ofNullable(accepted.origin().trace()));
            }
        });
    }

    @Bean
    @ConditionalOnMissingBean(name = "tidingsIntakeObservation")
    @Order(Ordered.HIGHEST_PRECEDENCE)
    TidingsCustomizer tidingsIntakeObservation(
            ObservationRegistry registry, ObjectProvider<SendConvention> convention, ObjectProvider<CurrentSpan> span) {
        CurrentSpan current = span.getIfAvailable(() -> Optional::empty);
        return builder -> builder.observeIntake(new ObservedIntake(registry, convention.getIfAvailable(), current));
    }

    @Bean
    @ConditionalOnMissingBean(name = "tidingsStatusObservation")
    @Order(Ordered.HIGHEST_PRECEDENCE)
    TidingsCustomizer tidingsStatusObservation(
            ObservationRegistry registry,
            ObjectProvider<StatusConvention> convention,
            ObjectProvider<SenderSpans> senders) {
        SenderSpans spans = senders.getIfAvailable();
        return builder -> builder.observeReports(new ObservedReports(
                registry, convention.getIfAvailable(), spans == null ? message -> Optional.empty() : spans::of));
    }

    @Bean
    @ConditionalOnMissingBean(name = "tidingsHandlerObservation")
    @Order(Ordered.HIGHEST_PRECEDENCE)
    TidingsCustomizer tidingsHandlerObservation(
            ObservationRegistry registry, ObjectProvider<InboundConvention> convention) {
        return builder ->
                builder.aroundHandlers(handler -> new ObservedHandler(handler, registry, convention.getIfAvailable()));
    }

    @Bean
    @ConditionalOnMissingBean(name = "tidingsWebhookObservation")
    WebhookDecorator tidingsWebhookObservation(
            ObservationRegistry registry, ObjectProvider<WebhookConvention> convention) {
        return new ObservedWebhooks(registry, convention.getIfAvailable());
    }
}
