package io.tidings.tenant;

import io.tidings.message.TenantId;
import java.util.List;
import java.util.Optional;

/**
 * Keeps what tenants changed. Writing joins the caller's transaction. A database keeps {@link TenantSettings#values} as
 * text and reads it with {@link TenantSettings#parse}, so that a new setting needs no migration. Safe for use by many
 * threads.
 */
public interface TenantSettingsStore {

    /** The settings of a tenant, if it ever had some. */
    Optional<TenantSettings> find(TenantId tenant);

    /**
     * Puts settings in the place of the tenant's earlier ones, and returns those: read under the lock that the write
     * takes, so that two changes at once are never recorded from the same beginning.
     */
    Optional<TenantSettings> put(TenantId tenant, TenantSettings settings);

    /** Tenants that have settings, by name. */
    List<TenantId> tenants();
}
