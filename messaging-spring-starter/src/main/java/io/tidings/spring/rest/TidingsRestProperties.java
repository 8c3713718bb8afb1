package io.tidings.spring.rest;

import io.tidings.audit.Actor;
import io.tidings.message.PhoneNumber;
import io.tidings.message.TenantId;
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
 */
@ConfigurationProperties("tidings.rest")
public record TidingsRestProperties(
        @DefaultValue("false") boolean enabled,
        @DefaultValue("/tidings/api/v1") String path,
        @DefaultValue List<Key> keys) {

    /** Checks the path. */
    public TidingsRestProperties {
        keys = List.copyOf(keys);
        if (!path.matches("(/[A-Za-z0-9._~-]+)+")) {
            throw new InvalidConfigurationPropertyValueException(
                    "tidings.rest.path", path, "it begins with a slash and ends without one, like /tidings/api/v1");
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
     */
    public record Key(
            String id,
            String hash,
            @DefaultValue Set<Scope> scopes,
            @DefaultValue("live") Access.Kind kind,
            @Nullable String tenant,
            @DefaultValue List<String> guests,
            @Nullable Instant expires) {

        ApiKey key() {
            Set<PhoneNumber> numbers = guests.stream().map(PhoneNumber::new).collect(Collectors.toSet());
            Actor actor = new Actor(Actor.Kind.API_KEY, id);
            TenantId owner = tenant == null ? null : new TenantId(tenant);
            return new ApiKey(id, hash, new Access(actor, owner, scopes, kind, numbers), expires);
        }

        /** Without hash and guests. */
        @Override
        public String toString() {
            return "Key[" + id + ", " + scopes + ", " + kind + "]";
        }
    }
}
