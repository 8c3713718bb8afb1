package io.tidings.spring;

import io.tidings.account.CredentialSource;
import io.tidings.account.Credentials;
import io.tidings.message.Secret;
import io.tidings.message.Sender;
import io.tidings.provider.Provider;
import io.tidings.sandbox.Sandbox;
import io.tidings.twilio.Twilio;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** A Twilio of our own on the loopback interface, and the way to it. */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "tidings.enabled", matchIfMissing = true)
@ConditionalOnProperty(name = "tidings.provider", havingValue = "sandbox")
@ConditionalOnMissingBean(Provider.class)
@EnableConfigurationProperties(TidingsProperties.class)
public final class SandboxTransportAutoConfiguration {

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    Sandbox tidingsSandbox(TidingsProperties properties) {
        try {
            return Sandbox.builder()
                    .sender(SenderCheck.sender(properties).map(Sender::address).orElse(Assembly.SANDBOX_SENDER))
                    .port(properties.sandbox().port())
                    .seed(properties.sandbox().seed())
                    .start();
        } catch (UncheckedIOException e) {
            throw new SetupProblem(
                            SetupProblem.Kind.SANDBOX_PORT,
                            e.getMessage() + ".",
                            "Stop what listens there, or set tidings.sandbox.port to another port; 0 takes a free one.")
                    .because(e);
        }
    }

    @Bean
    @ConditionalOnMissingBean
    CredentialSource tidingsCredentials(Sandbox sandbox) {
        return CredentialSource.fixed(Credentials.authToken(sandbox.accountSid(), new Secret(sandbox.authToken())));
    }

    @Bean(destroyMethod = "")
    Provider tidingsProvider(Sandbox sandbox, CredentialSource credentials) {
        return Twilio.provider(credentials).baseUrl(URI.create(sandbox.url())).build();
    }

    @Bean
    @ConditionalOnMissingBean
    TwilioAccounts tidingsTwilioAccounts(Sandbox sandbox, ObjectProvider<ProviderDecorator> decorators) {
        List<ProviderDecorator> around = decorators.orderedStream().toList();
        return credentials -> TwilioWay.decorated(
                Twilio.provider(credentials).baseUrl(URI.create(sandbox.url())).account(), around);
    }

    @Bean
    TenantAccounts.Opening tidingsTenantAccounts(Sandbox sandbox, TwilioAccounts accounts) {
        return TenantAccounts.inSandbox(sandbox, accounts);
    }
}
