package io.tidings.spring;

import io.tidings.Tidings;
import io.tidings.account.CredentialSource;
import io.tidings.outbox.Stores;
import io.tidings.provider.Provider;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** The {@link Tidings} bean, over whichever provider and stores there are. */
@AutoConfiguration(after = {TwilioTransportAutoConfiguration.class, TidingsStoresAutoConfiguration.class})
@ConditionalOnBooleanProperty(name = "tidings.enabled", matchIfMissing = true)
@EnableConfigurationProperties(TidingsProperties.class)
public final class TidingsAutoConfiguration {

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    Tidings tidings(
            TidingsProperties properties,
            ObjectProvider<Provider> provider,
            Stores stores,
            ObjectProvider<CredentialSource> credentials,
            ObjectProvider<TidingsCustomizer> customizers) {
        Provider carrier = provider.getIfAvailable(() -> {
            throw new SetupProblem(
                    "no-provider",
                    "Nobody carries messages: neither is tidings.provider set nor are there credentials of Twilio.",
                    "Set tidings.provider=sandbox to try without an account, or set tidings.twilio.account-sid and"
                            + " tidings.twilio.auth-token (or the variables TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN).");
        });
        Assembly assembly = new Assembly(properties, carrier, stores, credentials.getIfAvailable());
        return assembly.build(customizers.orderedStream().toList());
    }
}
