package io.tidings.spring.rest;

import io.tidings.audit.Actor;
import io.tidings.egress.Network;
import io.tidings.message.Category;
import io.tidings.message.PhoneNumber;
import io.tidings.message.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * The HTTP API.
 *
 * @param enabled Whether the API is there.
 * @param path Path of the API, below the context path.
 * @param keys Keys that open it.
 * @param allowedAddresses Addresses and networks that requests may come from. Any, if none is named.
 * @param trustedProxies Addresses and networks of proxies whose X-Forwarded-For counts.
 * @param requestsPerMinute Most requests of one caller a minute, on each node.
 * @param triggers What other systems may set off.
 */
@ConfigurationProperties("tidings.rest")
public record TidingsRestProperties(
        @DefaultValue("false") boolean enabled,
        @DefaultValue("/tidings/api/v1") String path,
        @DefaultValue List<Key> keys,
        @DefaultValue List<String> allowedAddresses,
        @DefaultValue List<String> trustedProxies,
        @DefaultValue("600") int requestsPerMinute,
        @DefaultValue List<Trigger> triggers) {

    /** Checks the path, the addresses and the figure. */
    public TidingsRestProperties {
        keys = List.copyOf(keys);
        allowedAddresses = List.copyOf(allowedAddresses);
        trustedProxies = List.copyOf(trustedProxies);
        triggers = List.copyOf(triggers);
        networks("tidings.rest.allowed-addresses", allowedAddresses);
        networks("tidings.rest.trusted-proxies", trustedProxies);
        if (requestsPerMinute < 1) {
            throw new InvalidConfigurationPropertyValueException(
                    "tidings.rest.requests-per-minute", requestsPerMinute, "it is one at least");
        }
        if (!path.matches("(/[A-Za-z0-9._~-]+)+")) {
            throw new InvalidConfigurationPropertyValueException(
                    "tidings.rest.path", path, "it begins with a slash and ends without one, like /tidings/api/v1");
        }
    }

    private static void networks(String name, List<String> written) {
        try {
            Network.all(written);
        } catch (IllegalArgumentException e) {
            throw new InvalidConfigurationPropertyValueException(name, written, String.valueOf(e.getMessage()));
        }
    }

    /**
     * Something that other systems may set off: a text by a template.
     *
     * @param name Name in the address: lower-case letters, digits and dashes.
     * @param template Template that is sent.
     * @param delay How long after the call the message leaves.
     * @param expiresAfter Time-to-live of the message after that.
     * @param category Category of the message.
     * @param topic Topic that people can opt out of.
     */
    public record Trigger(
            String name,
            String template,
            @DefaultValue("0s") Duration delay,
            @Nullable Duration expiresAfter,
            @DefaultValue("transactional") Category category,
            @Nullable String topic) {

        /** Checks name and delay. */
        public Trigger {
            if (!name.matches("[a-z0-9-]{1,40}")) {
                throw new InvalidConfigurationPropertyValueException(
                        "tidings.rest.triggers.name", name, "it is 1 to 40 lower-case letters, digits and dashes");
            }
            if (delay.isNegative()) {
                throw new InvalidConfigurationPropertyValueException(
                        "tidings.rest.triggers.delay", delay, "it must not be negative");
            }
        }
    }

    /**
     * A key.
     *
     * @param id Public name: the part before the dot.
     * @param hash SHA-256 of the secret behind the dot, in hexadecimal digits.
     * @param scopes What it may do.
     * @param kind Whom messages may reach.
     * @param tenant Tenant that it belongs to. All, if none is named.
     * @param guests Numbers that a key of the kind guest-list may reach.
     * @param expires Instant at which it ends.
     * @param addresses Addresses and networks that it may be used from. Any, if none is named.
     * @param requestsPerMinute Most requests with it a minute, on each node. As for every caller.
     */
    public record Key(
            String id,
            String hash,
            @DefaultValue Set<Scope> scopes,
            @DefaultValue("live") Access.Kind kind,
            @Nullable String tenant,
            @DefaultValue List<String> guests,
            @Nullable Instant expires,
            @DefaultValue List<String> addresses,
            @Nullable Integer requestsPerMinute) {

        ApiKey key() {
            Set<PhoneNumber> numbers = guests.stream().map(PhoneNumber::new).collect(Collectors.toSet());
            Actor actor = new Actor(Actor.Kind.API_KEY, id);
            TenantId owner = tenant == null ? null : new TenantId(tenant);
            return new ApiKey(
                    id,
                    hash,
                    new Access(actor, owner, scopes, kind, numbers),
                    expires,
                    new KeyLimits(addresses, requestsPerMinute));
        }

        /** Without hash and guests. */
        @Override
        public String toString() {
            return "Key[" + id + ", " + scopes + ", " + kind + "]";
        }
    }
}
