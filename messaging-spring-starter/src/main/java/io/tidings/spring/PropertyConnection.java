package io.tidings.spring;

import io.tidings.account.CredentialSource;
import io.tidings.message.NotConfiguredException;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/** The way to Twilio by the properties and the usual variables. */
final class PropertyConnection implements TwilioConnectionDetails {
    private final TidingsProperties.Twilio twilio;
    private final Environment environment;

    PropertyConnection(TidingsProperties.Twilio twilio, Environment environment) {
        this.twilio = twilio;
        this.environment = environment;
    }

    @Override
    public CredentialSource credentials() {
        try {
            CredentialSource source = new PropertyCredentials(twilio, environment).source();
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

    @Override
    public @Nullable URI baseUrl() {
        return twilio.baseUrl();
    }
}
