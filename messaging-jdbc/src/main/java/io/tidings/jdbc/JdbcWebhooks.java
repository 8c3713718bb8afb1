package io.tidings.jdbc;

import io.tidings.history.InboundRow;
import io.tidings.history.WebhookStore;
import io.tidings.message.AttemptId;
import io.tidings.message.MessageId;
import io.tidings.message.TenantId;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The log of webhooks: both tables by their keys, so that what a call costs depends on its limit alone. */
final class JdbcWebhooks implements WebhookStore {
    private static final String SEEN = "SELECT o.place, COALESCE(m.tenant, q.tenant), o.message, o.number, o."
            + JdbcAttempts.SEEN_COLUMNS.replace(", ", ", o.") + """

            FROM (SELECT * FROM tidings_observation WHERE place < ? ORDER BY place DESC LIMIT ?) o
            LEFT JOIN tidings_message m ON m.id = o.message
            LEFT JOIN tidings_queue q ON q.id = o.message
            ORDER BY o.place DESC""";
    private static final String HEARD =
            "SELECT " + InboundRows.ROW + ", raw FROM tidings_inbound WHERE id < ? ORDER BY id DESC LIMIT ?";

    private final Database database;

    JdbcWebhooks(Database database) {
        this.database = database;
    }

    @Override
    public List<Seen> seenBelow(long place, int limit) {
        return database.query(SEEN, values -> values.number(place).number(limit), JdbcWebhooks::seen);
    }

    private static Seen seen(Row row) throws SQLException {
        long place = row.number();
        String tenant = row.textOrNull();
        AttemptId attempt = new AttemptId(row.id(), row.integer());
        return new Seen(place, tenant == null ? null : new TenantId(tenant), attempt, JdbcAttempts.seen(row, attempt));
    }

    @Override
    public List<Heard> heardBelow(MessageId id, int limit) {
        return database.query(HEARD, values -> values.id(id).number(limit), JdbcWebhooks::heard).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Heard> heard(Row row) throws SQLException {
        InboundRow read = InboundRows.orUnreadable(row).row();
        return read == null
                ? Optional.empty()
                : Optional.of(new Heard(read, InboundRows.raw(read.message().id(), row)));
    }
}
