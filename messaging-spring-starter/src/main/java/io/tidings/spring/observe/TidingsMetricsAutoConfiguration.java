package io.tidings.spring.observe;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidings.spring.TidingsCustomizer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Meters of the queue and of callbacks, where there is a registry. */
@AutoConfiguration(
        after = TidingsPulseAutoConfiguration.class,
        afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({Pulse.class, MeterRegistry.class})
public final class TidingsMetricsAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    TidingsMeters tidingsMeters(Pulse pulse) {
        return new TidingsMeters(pulse);
    }

    @Bean
    @ConditionalOnMissingBean
    SegmentCounter tidingsSegmentCounter(MeterRegistry registry) {
        return new SegmentCounter(registry);
    }

    @Bean
    @ConditionalOnMissingBean
    CostCounter tidingsCostCounter(MeterRegistry registry) {
        return new CostCounter(registry);
    }

    @Bean
    @ConditionalOnMissingBean(name = "tidingsCosts")
    @Order(Ordered.HIGHEST_PRECEDENCE)
    TidingsCustomizer tidingsCosts(ObjectProvider<CostCounter> counter) {
        return builder -> builder.onCharge(more -> counter.ifAvailable(costs -> costs.count(more)));
    }
}
