package io.tidings.jdbc;

import io.tidings.event.EventStore;
import io.tidings.outbox.Records;

/** What people look up, count, clean and set; looked up and counted in a copy, if there is one. */
final class JdbcRecords {
    private JdbcRecords() {}

    static Records of(Database database, Reads reads, Counters counters, EventStore events) {
        return new Records(
                new JdbcSearch(reads),
                new JdbcStatistics(database, reads),
                new JdbcRetention(database, counters),
                new JdbcTenantSettings(database),
                events,
                new JdbcDeliveryStore(database),
                new JdbcEndpointStore(database),
                new JdbcAccessKeys(database),
                new JdbcWebhooks(database),
                new JdbcAlerts(database));
    }
}
