package io.tidings.spring.observe;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** The health component {@code tidings}. */
@AutoConfiguration(after = TidingsPulseAutoConfiguration.class)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean(Pulse.class)
@ConditionalOnEnabledHealthIndicator("tidings")
public final class TidingsHealthAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(name = "tidingsHealthIndicator")
    TidingsHealthIndicator tidingsHealthIndicator(Pulse pulse) {
        return new TidingsHealthIndicator(pulse);
    }
}
