package io.tidings;

import io.tidings.message.AccountId;
import io.tidings.message.TenantId;
import io.tidings.provider.ProviderHealth;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An account at the provider as it stands.
 *
 * @param id what the provider calls it, or {@link AccountId#DEFAULT} for the house's
 * @param masked what people may see of its name
 * @param tenants to whom it belongs or has belonged; none for the house's
 * @param health what the newest check found, or {@code null} before the first
 * @param standstill why nothing leaves through it, or {@code null} if it sends
 */
public record AccountView(
        AccountId id,
        String masked,
        Set<TenantId> tenants,
        ProviderHealth.@Nullable Reading health,
        @Nullable String standstill) {

    /** Copies the tenants. */
    public AccountView {
        tenants = Set.copyOf(tenants);
    }
}
