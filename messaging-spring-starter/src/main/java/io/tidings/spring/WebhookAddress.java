package io.tidings.spring;

import java.net.URI;
import java.util.Optional;
import org.springframework.core.env.Environment;

/**
 * Under which address the provider calls: the public URL with the path of the webhooks. Beside a sandbox, without a public
 * URL, that is this application on the loopback interface, if its port is known beforehand.
 */
final class WebhookAddress {
    private static final int DEFAULT_PORT = 8080;

    private final TidingsProperties properties;
    private final TidingsWebhookProperties webhooks;
    private final Environment environment;

    WebhookAddress(TidingsProperties properties, TidingsWebhookProperties webhooks, Environment environment) {
        this.properties = properties;
        this.webhooks = webhooks;
        this.environment = environment;
    }

    /** The address, if there is one. */
    Optional<URI> find(boolean isServed) {
        URI url = properties.publicUrl();
        if (url != null) {
            return Optional.of(below(url.toString()));
        }
        boolean beside = isServed && properties.provider() == TidingsProperties.Carrier.SANDBOX && webhooks.enabled();
        int port = environment.getProperty("server.port", Integer.class, DEFAULT_PORT);
        return beside && port > 0 ? local(port) : Optional.empty();
    }

    /** This application on the loopback interface, unless that asks for TLS, whose certificate would be for another name. */
    Optional<URI> local(int port) {
        boolean plain = !environment.getProperty("server.ssl.enabled", Boolean.class, false)
                && !environment.containsProperty("server.ssl.bundle")
                && !environment.containsProperty("server.ssl.key-store");
        return plain
                ? Optional.of(
                        below("http://127.0.0.1:" + port + environment.getProperty("server.servlet.context-path", "")))
                : Optional.empty();
    }

    private URI below(String base) {
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + webhooks.path());
    }
}
