package io.tidings.spring;

import io.tidings.account.CredentialSource;
import io.tidings.provider.Provider;
import io.tidings.twilio.TwilioProvider;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.Environment;

/** The way to Twilio itself, by a bean of {@link TwilioConnectionDetails}, or by the properties or the usual variables. */
@AutoConfiguration(after = {SandboxTransportAutoConfiguration.class, SslAutoConfiguration.class})
@ConditionalOnBooleanProperty(name = "tidings.enabled", matchIfMissing = true)
@Conditional(OnTwilioCondition.class)
@ConditionalOnMissingBean(Provider.class)
@EnableConfigurationProperties(TidingsProperties.class)
public final class TwilioTransportAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    TwilioConnectionDetails tidingsTwilioConnection(TidingsProperties properties, Environment environment) {
        return new PropertyConnection(properties.twilio(), environment);
    }

    @Bean
    @ConditionalOnMissingBean
    CredentialSource tidingsCredentials(TwilioConnectionDetails connection) {
        return connection.credentials();
    }

    @Bean
    TwilioWay tidingsTwilioWay(
            TidingsProperties properties,
            TwilioConnectionDetails connection,
            ObjectProvider<SslBundles> bundles,
            ObjectProvider<ProviderDecorator> decorators) {
        return new TwilioWay(
                properties,
                connection.baseUrl(),
                bundles::getObject,
                decorators.orderedStream().toList());
    }

    @Bean(destroyMethod = "")
    TwilioProvider tidingsProvider(TwilioWay way, CredentialSource credentials) {
        return way.with(credentials).build();
    }

    @Bean
    @ConditionalOnMissingBean
    TwilioAccounts tidingsTwilioAccounts(TwilioWay way) {
        return way::account;
    }

    @Bean
    TenantAccounts.Opening tidingsTenantAccounts(
            TidingsProperties properties, TwilioWay way, CredentialSource credentials) {
        return TenantAccounts.atTwilio(way::account, properties.twilio(), credentials::current);
    }
}
