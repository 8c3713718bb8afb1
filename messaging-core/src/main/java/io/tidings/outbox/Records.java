package io.tidings.outbox;

import io.tidings.analytics.StatisticsStore;
import io.tidings.history.RetentionStore;
import io.tidings.tenant.TenantSettingsStore;

/**
 * The stores that sending does not need: what people look up, count, clean and set.
 *
 * @param search finds messages
 * @param statistics counters
 * @param retention removes what is kept no longer
 * @param tenants what tenants changed
 */
public record Records(
        SearchStore search, StatisticsStore statistics, RetentionStore retention, TenantSettingsStore tenants) {}
