package io.tidings.spring;

import io.tidings.endpoint.WebhookEndpoint;
import io.tidings.event.EventKind;
import io.tidings.message.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Outgoing webhooks: other systems of the host that are told of events over HTTP.
 *
 * @param endpoints Systems that are told, by names that stay: url, secrets, events and personal-data of each.
 * @param allowHttp Whether addresses without TLS are called as well.
 * @param allowedNetworks Networks or addresses inside that may be called, such as 10.20.0.0/16. Public addresses alone.
 * @param onlyHosts Hosts that may be called, by their names. Every host.
 * @param disableAfter How long every delivery to an endpoint must have failed before it is disabled.
 * @param sslBundle Name of the SSL bundle whose authorities are trusted. Those of the JVM.
 */
@ConfigurationProperties("tidings.outgoing")
public record TidingsOutgoingProperties(
        @DefaultValue Map<String, Endpoint> endpoints,
        @DefaultValue("false") boolean allowHttp,
        @DefaultValue List<String> allowedNetworks,
        @DefaultValue Set<String> onlyHosts,
        @DefaultValue("5d") Duration disableAfter,
        @Nullable String sslBundle) {

    /** Copies the collections and checks the figure. */
    public TidingsOutgoingProperties {
        endpoints = Map.copyOf(endpoints);
        allowedNetworks = List.copyOf(allowedNetworks);
        onlyHosts = Set.copyOf(onlyHosts);
        if (disableAfter.toMillis() < 1) {
            throw new InvalidConfigurationPropertyValueException(
                    "tidings.outgoing.disable-after", disableAfter, "it must be a millisecond at least");
        }
    }

    /**
     * A system.
     *
     * @param url Address where it listens.
     * @param secrets Secrets that requests are signed with, whsec_ and Base64: one, or two while it is rotated.
     * @param events Events that it is told of. All, if none is named.
     * @param personalData Whether it gets numbers, texts, tags and keys as well.
     */
    public record Endpoint(
            URI url,
            List<Secret> secrets,
            @DefaultValue Set<EventKind> events,
            @DefaultValue("false") boolean personalData) {

        WebhookEndpoint named(String name) {
            Set<EventKind> kinds = events.isEmpty() ? Set.of(EventKind.values()) : events;
            return new WebhookEndpoint(name, url, secrets, kinds, personalData);
        }
    }
}
