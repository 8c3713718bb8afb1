package io.tidings.spring.observe;

import io.micrometer.observation.ObservationRegistry;
import io.tidings.spring.ProviderDecorator;
import io.tidings.spring.TidingsAutoConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** The observation {@code tidings.deliver} around every request that hands a message over. */
@AutoConfiguration(
        before = TidingsAutoConfiguration.class,
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
            ObjectProvider<SegmentCounter> segments) {
        DeliverConvention keys = convention.getIfAvailable(DefaultDeliverConvention::new);
        return provider -> new ObservedProvider(
                provider, registry, keys, accepted -> segments.ifAvailable(counter -> counter.count(accepted)));
    }
}
