package io.tidings.jdbc;

import io.tidings.jdbc.QueueRows.Raw;
import io.tidings.message.PhoneNumber;
import io.tidings.message.TenantId;
import io.tidings.outbox.ConversationStore;
import io.tidings.outbox.MessageView;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The newest of three tables, put into one order. */
final class JdbcConversations implements ConversationStore {
    private static final Logger log = LoggerFactory.getLogger(JdbcConversations.class);

    private static final String PAGE = """
            SELECT %s FROM %s x WHERE x.tenant = ? AND x.%s = ? AND (x.%4$s < ? OR (x.%4$s = ? AND x.id < ?))
            ORDER BY x.%4$s DESC, x.id DESC LIMIT ?""";
    private static final String WAITING = PAGE.formatted(
            QueueRows.COLUMNS.replace("q.", "x.") + ", {now}", "tidings_queue", "recipient", "accepted_at");
    private static final String GONE =
            PAGE.formatted(JdbcHistory.COLUMNS.replace("m.", "x."), "tidings_message", "recipient", "accepted_at");
    private static final String RECEIVED = PAGE.formatted(InboundRows.MESSAGE, "tidings_inbound", "person", "at");

    private final Database database;

    JdbcConversations(Database database) {
        this.database = database;
    }

    @Override
    public List<Entry> page(TenantId tenant, PhoneNumber number, @Nullable Cursor before, int limit) {
        Database.Binder binder = values -> bind(values, tenant, number, before).number(limit);
        List<Entry> entries = new ArrayList<>(database.query(RECEIVED, binder, JdbcConversations::received).stream()
                .flatMap(Optional::stream)
                .toList());
        database.query(WAITING, binder, JdbcConversations::waiting)
                .forEach(view -> view.map(Entry.Outbound::new).ifPresent(entries::add));
        database.query(GONE, binder, JdbcConversations::gone)
                .forEach(view -> view.map(Entry.Outbound::new).ifPresent(entries::add));
        entries.sort(Comparator.comparing(Entry::cursor).reversed());
        return List.copyOf(entries.subList(0, Math.min(limit, entries.size())));
    }

    /** The farthest id for the first page: nothing has this date. */
    private static Values bind(Values values, TenantId tenant, PhoneNumber number, @Nullable Cursor before)
            throws SQLException {
        Instant at = before == null ? Instant.MAX : before.at();
        values.text(tenant.value()).person(number).time(at).time(at);
        return before == null ? values.uuid(new UUID(0, 0)) : values.id(before.id());
    }

    private static Optional<Entry> received(Row row) throws SQLException {
        try {
            return Optional.of(new Entry.Inbound(InboundRows.message(row)));
        } catch (UnreadableRowException e) {
            log.warn("a message of a conversation is left out, it cannot be read: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private static Optional<MessageView> waiting(Row row) throws SQLException {
        Raw raw = Raw.of(row);
        Instant now = row.time();
        return QueueRows.readOne(raw).map(read -> MessageView.of(read, now));
    }

    private static Optional<MessageView> gone(Row row) throws SQLException {
        try {
            return Optional.of(MessageView.of(JdbcHistory.read(row)));
        } catch (UnreadableRowException e) {
            log.warn("a message of a conversation is left out, it cannot be read: {}", e.getMessage());
            return Optional.empty();
        }
    }
}
