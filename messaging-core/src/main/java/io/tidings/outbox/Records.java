package io.tidings.outbox;

import io.tidings.access.AccessKeyStore;
import io.tidings.alert.AlertStore;
import io.tidings.analytics.StatisticsStore;
import io.tidings.endpoint.DeliveryStore;
import io.tidings.endpoint.EndpointStore;
import io.tidings.event.EventStore;
import io.tidings.history.RetentionStore;
import io.tidings.history.WebhookStore;
import io.tidings.tenant.TenantSettingsStore;

/**
 * The stores that sending does not need: what people look up, count, clean, set and are told of.
 *
 * @param search finds messages
 * @param statistics counters
 * @param retention removes what is kept no longer
 * @param tenants what tenants changed
 * @param events what listeners are still to be told
 * @param deliveries events that wait for endpoints
 * @param endpoints how endpoints are doing
 * @param keys keys by which other programs are let in
 * @param webhooks what the log of webhooks is read from
 * @param alerts which alerts stand
 */
public record Records(
        SearchStore search,
        StatisticsStore statistics,
        RetentionStore retention,
        TenantSettingsStore tenants,
        EventStore events,
        DeliveryStore deliveries,
        EndpointStore endpoints,
        AccessKeyStore keys,
        WebhookStore webhooks,
        AlertStore alerts) {}
