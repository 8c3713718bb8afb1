package io.tidings.spring;

import io.tidings.account.CredentialSource;
import io.tidings.provider.Provider;
import io.tidings.twilio.Twilio;
import io.tidings.twilio.TwilioProvider;
import java.net.URI;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundle;
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

    @Bean(destroyMethod = "")
    TwilioProvider tidingsProvider(
            TidingsProperties properties,
            TwilioConnectionDetails connection,
            CredentialSource credentials,
            ObjectProvider<SslBundles> bundles) {
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
        URI address = connection.baseUrl();
        if (address != null) {
            builder.baseUrl(address);
        }
        String proxy = twilio.proxy().host();
        if (proxy != null) {
            builder.proxy(proxy, twilio.proxy().port());
        }
        if (twilio.sslBundle() != null) {
            trust(builder, bundles.getObject().getBundle(twilio.sslBundle()));
        }
        return builder.build();
    }

    private static void trust(Twilio.Builder builder, SslBundle bundle) {
        for (TrustManager each : bundle.getManagers().getTrustManagers()) {
            if (each instanceof X509TrustManager authorities) {
                builder.trust(bundle.createSslContext().getSocketFactory(), authorities);
                return;
            }
        }
        throw new IllegalStateException("the SSL bundle of tidings.twilio.ssl-bundle trusts nobody");
    }
}
