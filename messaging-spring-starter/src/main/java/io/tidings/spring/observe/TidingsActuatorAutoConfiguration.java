package io.tidings.spring.observe;

import io.tidings.provider.Provider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.info.ConditionalOnEnabledInfoContributor;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** The endpoint {@code tidings}, where it is exposed, and what {@code info} tells. */
@AutoConfiguration(after = TidingsPulseAutoConfiguration.class)
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
@ConditionalOnBean(Pulse.class)
public final class TidingsActuatorAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnAvailableEndpoint
    TidingsEndpoint tidingsEndpoint(Pulse pulse) {
        return new TidingsEndpoint(pulse);
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBean(Provider.class)
    @ConditionalOnEnabledInfoContributor("tidings")
    TidingsInfoContributor tidingsInfoContributor(Pulse pulse, Provider provider) {
        return new TidingsInfoContributor(pulse, provider);
    }
}
