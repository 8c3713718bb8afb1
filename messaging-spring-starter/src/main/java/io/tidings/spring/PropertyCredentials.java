package io.tidings.spring;

import io.tidings.account.CredentialSource;
import io.tidings.message.Secret;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/** Credentials from properties; where one is not set, the environment's variable of the usual name counts. */
final class PropertyCredentials {
    private final TidingsProperties.Twilio twilio;
    private final Environment environment;

    PropertyCredentials(TidingsProperties.Twilio twilio, Environment environment) {
        this.twilio = twilio;
        this.environment = environment;
    }

    CredentialSource source() {
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

    private void put(Map<String, String> named, @Nullable String property, String... variables) {
        String value = property;
        for (int i = 0; value == null && i < variables.length; i++) {
            value = environment.getProperty(variables[i]);
        }
        if (value != null) {
            named.put(variables[0], value);
        }
    }

    private static @Nullable String revealed(@Nullable Secret secret) {
        return secret == null ? null : secret.reveal();
    }
}
