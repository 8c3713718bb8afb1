package io.tidings.spring;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Tenants with accounts of their own, read once at the start.
 *
 * @param tenants Tenants with a Twilio account of their own, by their names: from and twilio.* of each, as for the house.
 * @param ownAccountsOnly Whether tenants without an account of their own may not send.
 */
@ConfigurationProperties("tidings")
public record TidingsTenantProperties(
        @DefaultValue Map<String, Tenant> tenants,
        @DefaultValue("false") boolean ownAccountsOnly) {

    /** Copies the tenants. */
    public TidingsTenantProperties {
        tenants = Map.copyOf(tenants);
    }

    /** What the tenants' messages come from that name no sender. */
    List<String> senders() {
        return tenants.values().stream()
                .map(Tenant::from)
                .filter(Objects::nonNull)
                .toList();
    }

    /**
     * A tenant.
     *
     * @param from Sender of its messages that name none. They must name one, if it is not set.
     * @param twilio Its account. What is not set of region, edge, base-url, proxy and ssl-bundle is as for the house.
     */
    public record Tenant(
            @Nullable String from, @DefaultValue TidingsProperties.Twilio twilio) {}
}
