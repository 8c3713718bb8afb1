package io.tidings.spring;

import io.tidings.account.CredentialSource;
import io.tidings.account.Credentials;
import io.tidings.message.NotConfiguredException;
import io.tidings.message.Secret;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/**
 * Credentials from the one source that the properties name, or, if they name none, from properties and the environment's
 * variables of the usual names for those that are not set. Those of a tenant come from one source in any case, and never from
 * variables, which are the house's.
 */
final class PropertyCredentials {
    private final TidingsProperties.Twilio twilio;
    private final String where;
    private final Vaults vaults;
    private final @Nullable Environment environment;

    /** The house's. */
    PropertyCredentials(TidingsProperties.Twilio twilio, Environment environment) {
        this.twilio = twilio;
        this.where = "tidings.twilio";
        this.vaults = new Vaults(null);
        this.environment = environment;
    }

    /** A tenant's, whose properties begin so. */
    PropertyCredentials(TidingsProperties.Twilio twilio, String where, Vaults vaults) {
        this.twilio = twilio;
        this.where = where;
        this.vaults = vaults;
        this.environment = null;
    }

    CredentialSource source() {
        Environment variables = environment;
        TidingsProperties.Origin only = twilio.source() != null || variables != null ? twilio.source() : theOneGiven();
        if (only != null) {
            refuseOthersThan(only);
            return switch (only) {
                case PROPERTIES -> properties();
                case ENVIRONMENT -> variables();
                case FILE -> CredentialSource.file(named("credentials-file", twilio.credentialsFile()));
                case VAULT -> vaults.secret(twilio.vault(), where);
            };
        }
        return twilio.credentialsFile() != null
                ? CredentialSource.file(twilio.credentialsFile())
                : either(Objects.requireNonNull(variables));
    }

    private CredentialSource either(Environment variables) {
        Map<String, String> named = new HashMap<>();
        put(named, variables, twilio.accountSid(), "TWILIO_ACCOUNT_SID");
        put(named, variables, revealed(twilio.authToken()), "TWILIO_AUTH_TOKEN");
        put(named, variables, revealed(twilio.authTokenSecondary()), "TWILIO_AUTH_TOKEN_SECONDARY");
        put(named, variables, twilio.apiKey(), "TWILIO_API_KEY", "TWILIO_API_KEY_SID");
        put(named, variables, revealed(twilio.apiSecret()), "TWILIO_API_KEY_SECRET", "TWILIO_API_SECRET");
        Map<String, String> settings = Map.copyOf(named);
        return () -> Credentials.named(settings, "the properties " + where + ".… and the environment");
    }

    private TidingsProperties.Origin theOneGiven() {
        if (twilio.credentialsFile() != null) {
            return TidingsProperties.Origin.FILE;
        }
        return namesSecretOfVault() ? TidingsProperties.Origin.VAULT : TidingsProperties.Origin.PROPERTIES;
    }

    private boolean namesSecretOfVault() {
        return twilio.vault().address() != null
                || (environment == null && twilio.vault().path() != null);
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
        if (namesSecretOfVault() && only != TidingsProperties.Origin.VAULT) {
            throw contradiction(only, twilio.vault().address() != null ? "vault.address" : "vault.path");
        }
    }

    private NotConfiguredException contradiction(TidingsProperties.Origin only, String other) {
        return new NotConfiguredException(where + ".source is " + only.name().toLowerCase(Locale.ROOT) + " and " + where
                + "." + other + " is set as well; remove one of them");
    }

    private CredentialSource properties() {
        Map<String, String> named = new HashMap<>();
        keep(named, "TWILIO_ACCOUNT_SID", twilio.accountSid());
        keep(named, "TWILIO_AUTH_TOKEN", revealed(twilio.authToken()));
        keep(named, "TWILIO_AUTH_TOKEN_SECONDARY", revealed(twilio.authTokenSecondary()));
        keep(named, "TWILIO_API_KEY", twilio.apiKey());
        keep(named, "TWILIO_API_KEY_SECRET", revealed(twilio.apiSecret()));
        Map<String, String> all = Map.copyOf(named);
        return () -> Credentials.named(all, "the properties " + where + ".*");
    }

    /** Of the process itself: what Spring reads from elsewhere does not count. */
    private CredentialSource variables() {
        if (environment == null) {
            throw new NotConfiguredException(
                    where + ".source is environment, and the variables are the house's; use properties, file or vault");
        }
        return CredentialSource.environment();
    }

    private <T> T named(String property, @Nullable T value) {
        if (value == null) {
            throw new NotConfiguredException(where + "." + property + " is missing");
        }
        return value;
    }

    private static void put(
            Map<String, String> named, Environment environment, @Nullable String property, String... variables) {
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
