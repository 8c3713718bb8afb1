package io.tidings.spring.observe;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

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
}
