package io.tidings.spring;

import io.tidings.account.CredentialSource;
import io.tidings.account.Credentials;
import io.tidings.message.NotConfiguredException;
import io.tidings.message.Secret;
import io.tidings.vault.Vault;
import io.tidings.vault.VaultLogin;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/**
 * Credentials from the one source that the properties name, or, if they name none, from properties and the environment's
 * variables of the usual names for those that are not set.
 */
final class PropertyCredentials {
    private final TidingsProperties.Twilio twilio;
    private final Environment environment;

    PropertyCredentials(TidingsProperties.Twilio twilio, Environment environment) {
        this.twilio = twilio;
        this.environment = environment;
    }

    CredentialSource source() {
        TidingsProperties.Origin only = twilio.source();
        if (only != null) {
            refuseOthersThan(only);
            return switch (only) {
                case PROPERTIES -> properties();
                case ENVIRONMENT -> variables();
                case FILE -> CredentialSource.file(named("credentials-file", twilio.credentialsFile()));
                case VAULT -> vault(twilio.vault());
            };
        }
        if (twilio.credentialsFile() != null) {
            return CredentialSource.file(twilio.credentialsFile());
        }
        Map<String, String> named = new HashMap<>();
        put(named, twilio.accountSid(), "TWILIO_ACCOUNT_SID");
        put(named, revealed(twilio.authToken()), "TWILIO_AUTH_TOKEN");
        put(named, revealed(twilio.authTokenSecondary()), "TWILIO_AUTH_TOKEN_SECONDARY");
        put(named, twilio.apiKey(), "TWILIO_API_KEY", "TWILIO_API_KEY_SID");
        put(named, revealed(twilio.apiSecret()), "TWILIO_API_KEY_SECRET", "TWILIO_API_SECRET");
        return CredentialSource.environment(Map.copyOf(named));
    }

    /** What is set and would not be asked is a mistake: somebody believes that it counts. */
    private void refuseOthersThan(TidingsProperties.Origin only) {
        boolean properties = Stream.of(
                        twilio.accountSid(),
                        twilio.apiKey(),
                        twilio.apiSecret(),
                        twilio.authToken(),
                        twilio.authTokenSecondary())
                .anyMatch(Objects::nonNull);
        if (properties && only != TidingsProperties.Origin.PROPERTIES) {
            throw contradiction(only, "account-sid, api-key, api-secret or auth-token");
        }
        if (twilio.credentialsFile() != null && only != TidingsProperties.Origin.FILE) {
            throw contradiction(only, "credentials-file");
        }
        if (twilio.vault().address() != null && only != TidingsProperties.Origin.VAULT) {
            throw contradiction(only, "vault.address");
        }
    }

    private static NotConfiguredException contradiction(TidingsProperties.Origin only, String other) {
        return new NotConfiguredException(
                "tidings.twilio.source is " + only.name().toLowerCase(Locale.ROOT) + " and tidings.twilio." + other
                        + " is set as well; remove one of them");
    }

    private CredentialSource properties() {
        Map<String, String> named = new HashMap<>();
        keep(named, "TWILIO_ACCOUNT_SID", twilio.accountSid());
        keep(named, "TWILIO_AUTH_TOKEN", revealed(twilio.authToken()));
        keep(named, "TWILIO_AUTH_TOKEN_SECONDARY", revealed(twilio.authTokenSecondary()));
        keep(named, "TWILIO_API_KEY", twilio.apiKey());
        keep(named, "TWILIO_API_KEY_SECRET", revealed(twilio.apiSecret()));
        Map<String, String> all = Map.copyOf(named);
        return () -> Credentials.named(all, "the properties tidings.twilio.*");
    }

    /** Of the process itself: what Spring reads from elsewhere does not count. */
    private static CredentialSource variables() {
        return CredentialSource.environment();
    }

    private static CredentialSource vault(TidingsProperties.Vault vault) {
        Secret token = vault.token();
        if ((token == null) == (vault.roleId() == null)) {
            throw new NotConfiguredException(
                    "Vault needs either tidings.twilio.vault.token, or role-id with secret-id, and not both");
        }
        VaultLogin login = token != null
                ? VaultLogin.token(token)
                : VaultLogin.appRole(
                        named("vault.role-id", vault.roleId()), named("vault.secret-id", vault.secretId()));
        Vault.Builder builder = Vault.at(named("vault.address", vault.address()))
                .login(login)
                .remembering(vault.refresh(), vault.keep());
        if (vault.namespace() != null) {
            builder.namespace(vault.namespace());
        }
        return builder.open().credentials(vault.mount(), named("vault.path", vault.path()));
    }

    private static <T> T named(String property, @Nullable T value) {
        if (value == null) {
            throw new NotConfiguredException("tidings.twilio." + property + " is missing");
        }
        return value;
    }

    private void put(Map<String, String> named, @Nullable String property, String... variables) {
        String value = property;
        for (int i = 0; value == null && i < variables.length; i++) {
            value = environment.getProperty(variables[i]);
        }
        if (value != null) {
            named.put(variables[0], value);
        }
    }

    private static void keep(Map<String, String> named, String name, @Nullable String value) {
        if (value != null) {
            named.put(name, value);
        }
    }

    private static @Nullable String revealed(@Nullable Secret secret) {
        return secret == null ? null : secret.reveal();
    }
}
