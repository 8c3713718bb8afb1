package io.tidings.spring;

import io.tidings.account.CredentialSource;
import io.tidings.message.NotConfiguredException;
import io.tidings.provider.Provider;
import io.tidings.twilio.Twilio;
import io.tidings.twilio.TwilioProvider;
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

/** The way to Twilio itself, by the properties or the usual variables. */
@AutoConfiguration(after = {SandboxTransportAutoConfiguration.class, SslAutoConfiguration.class})
@ConditionalOnBooleanProperty(name = "tidings.enabled", matchIfMissing = true)
@Conditional(OnTwilioCondition.class)
@ConditionalOnMissingBean(Provider.class)
@EnableConfigurationProperties(TidingsProperties.class)
public final class TwilioTransportAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    CredentialSource tidingsCredentials(TidingsProperties properties, Environment environment) {
        try {
            CredentialSource source = new PropertyCredentials(properties.twilio(), environment).source();
            source.current();
            return source;
        } catch (NotConfiguredException | IllegalArgumentException e) {
            throw new SetupProblem(
                    SetupProblem.Kind.CREDENTIALS,
                    "The credentials of Twilio are missing or malformed: " + e.getMessage() + ".",
                    "Set tidings.twilio.account-sid with tidings.twilio.auth-token (or api-key and api-secret), or the"
                            + " variables TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN (or TWILIO_API_KEY and"
                            + " TWILIO_API_KEY_SECRET); or set tidings.provider=sandbox to try without an account.");
        }
    }

    @Bean(destroyMethod = "")
    TwilioProvider tidingsProvider(
            TidingsProperties properties, CredentialSource credentials, ObjectProvider<SslBundles> bundles) {
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
