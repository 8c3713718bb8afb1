package io.tidings.jdbc;

import io.tidings.event.EventStore;
import io.tidings.outbox.Records;

/** What people look up, count, clean and set, in one database. */
final class JdbcRecords {
    private JdbcRecords() {}

    static Records of(Database database, Counters counters, EventStore events) {
        return new Records(
                new JdbcSearch(database),
                new JdbcStatistics(database),
                new JdbcRetention(database, counters),
                new JdbcTenantSettings(database),
                events);
    }
}
