package io.tidings.spring;

import io.tidings.account.CredentialSource;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/**
 * Where Twilio is, and who signs in. A bean of this type, as {@code @ServiceConnection} and Docker Compose make them for a
 * Twilio in a container, wins over the properties, and is enough to choose Twilio.
 */
public interface TwilioConnectionDetails extends ConnectionDetails {

    /** Who signs in, and what webhooks are checked by. Called once. */
    CredentialSource credentials();

    /** The address, or {@code null} for Twilio's own, which region and edge then decide. */
    default @Nullable URI baseUrl() {
        return null;
    }
}
