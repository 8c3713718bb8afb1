package io.tidings.spring;

import io.tidings.account.CredentialSource;
import io.tidings.provider.Provider;
import io.tidings.twilio.Twilio;
import io.tidings.twilio.TwilioProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.Environment;

/** The way to Twilio itself, by the properties or the usual variables. */
@AutoConfiguration(after = SandboxTransportAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "tidings.enabled", matchIfMissing = true)
@Conditional(OnTwilioCondition.class)
@ConditionalOnMissingBean(Provider.class)
@EnableConfigurationProperties(TidingsProperties.class)
public final class TwilioTransportAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    CredentialSource tidingsCredentials(TidingsProperties properties, Environment environment) {
        return new PropertyCredentials(properties.twilio(), environment).source();
    }

    @Bean(destroyMethod = "")
    TwilioProvider tidingsProvider(TidingsProperties properties, CredentialSource credentials) {
        TidingsProperties.Twilio twilio = properties.twilio();
        Twilio.Builder builder = Twilio.provider(credentials)
                .maxInFlight(properties.worker().inFlight())
                .connectTimeout(twilio.connectTimeout())
                .deadline(properties.worker().callDeadline());
        if (twilio.region() != null) {
            builder.region(twilio.region());
        }
        if (twilio.edge() != null) {
            builder.edge(twilio.edge());
        }
        if (twilio.baseUrl() != null) {
            builder.baseUrl(twilio.baseUrl());
        }
        return builder.build();
    }
}
