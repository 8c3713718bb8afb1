package io.tidings.jdbc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidings.message.TenantId;
import io.tidings.schedule.Recurring;
import io.tidings.schedule.Recurring.State;
import io.tidings.schedule.RecurringStore;
import io.tidings.schedule.Schedule;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Recurring messages: a row each. The exact occurrence is in its text, its column is for the order. */
final class JdbcRecurringStore implements RecurringStore {
    private static final Logger log = LoggerFactory.getLogger(JdbcRecurringStore.class);
    private static final int VERSION = 1;
    /** So many of those that come next are looked through for one that this version can read. */
    private static final int LOOK_AT = 100;

    private static final String SELECT = "SELECT tenant, name, state, next_at - {now}, body FROM tidings_recurring ";
    private static final String ONE = SELECT + "WHERE tenant = ? AND name = ?";
    private static final String OF_TENANT = SELECT + "WHERE tenant = ? ORDER BY name";
    private static final String DUE = SELECT + """
            WHERE state = 'ACTIVE' AND next_at <= {now} ORDER BY next_at, tenant, name LIMIT ?""";
    private static final String NEXT = SELECT + """
            WHERE state = 'ACTIVE' ORDER BY next_at, tenant, name LIMIT ?""";
    private static final String ADD = """
            INSERT INTO tidings_recurring (state, next_at, body, tenant, name) VALUES (?, ?, ?, ?, ?)""";
    private static final String UPDATE = """
            UPDATE tidings_recurring SET state = ?, next_at = ?, body = ? WHERE tenant = ? AND name = ?""";
    private static final String ADD_AGAIN = UPDATE + " AND state = 'CANCELLED'";
    private static final String REPLACE = UPDATE + " AND state = ? AND next_at = ?";

    private final Database database;

    /** As it lies there, and how long until its next occurrence. */
    private record Raw(String tenant, String name, String state, Duration comesIn, String body, ColumnCipher cipher) {

        static Raw of(Row row) throws SQLException {
            return new Raw(row.text(), row.text(), row.text(), row.duration(), row.text(), row.cipher());
        }

        /** Throws {@link UnreadableRowException} if a newer version wrote it. */
        Recurring read() {
            JsonNode json = Json.parse(body);
            if (Json.integer(json, "v") != VERSION) {
                throw new UnreadableRowException("it is of another version than " + VERSION);
            }
            try {
                return new Recurring(
                        name,
                        Schedule.parse(Json.text(json, "schedule")),
                        MessageCodec.message(MessageCodec.open(json.path("message"), place(tenant, name), cipher)),
                        State.valueOf(state),
                        Instant.parse(Json.text(json, "next")));
            } catch (RuntimeException e) {
                throw e instanceof UnreadableRowException unreadable
                        ? unreadable
                        : new UnreadableRowException("it holds what no recurring message can hold");
            }
        }

        Stream<Raw> ifReadable() {
            try {
                read();
                return Stream.of(this);
            } catch (UnreadableRowException e) {
                log.warn("recurring message {} is left out, it cannot be read: {}", name, e.getMessage());
                return Stream.empty();
            }
        }
    }

    JdbcRecurringStore(Database database) {
        this.database = database;
    }

    @Override
    public boolean add(Recurring recurring) {
        return database.transactions()
                .run(() -> database.insert(ADD, values -> bind(values, recurring))
                        || database.update(ADD_AGAIN, values -> bind(values, recurring)) == 1);
    }

    static String place(String tenant, String name) {
        return ColumnCipher.place("recurring.body", tenant, name);
    }

    private static Values bind(Values values, Recurring row) throws SQLException {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("v", VERSION)
                .put("schedule", row.schedule().text())
                .put("next", row.next().toString());
        ObjectNode message = json.putObject("message");
        MessageCodec.put(message, row.message());
        MessageCodec.seal(message, place(row.tenant().value(), row.name()), values.cipher());
        return values.text(row.state().name())
                .time(row.next())
                .text(json.toString())
                .text(row.tenant().value())
                .text(row.name());
    }

    @Override
    public boolean replace(Recurring seen, Recurring next) {
        return database.update(
                        REPLACE,
                        values -> bind(values, next).text(seen.state().name()).time(seen.next()))
                == 1;
    }

    @Override
    public Optional<Recurring> find(TenantId tenant, String name) {
        return database.find(ONE, values -> values.text(tenant.value()).text(name), Raw::of)
                .map(Raw::read);
    }

    @Override
    public List<Recurring> of(TenantId tenant) {
        return readable(OF_TENANT, values -> values.text(tenant.value()))
                .map(Raw::read)
                .toList();
    }

    @Override
    public List<Recurring> due(int limit) {
        return readable(DUE, values -> values.number(limit)).map(Raw::read).toList();
    }

    @Override
    public Optional<Duration> nextDue() {
        return readable(NEXT, values -> values.number(LOOK_AT))
                .findFirst()
                .map(Raw::comesIn)
                .map(wait -> wait.isNegative() ? Duration.ZERO : wait);
    }

    private Stream<Raw> readable(String sql, Database.Binder binder) {
        return database.query(sql, binder, Raw::of).stream().flatMap(Raw::ifReadable);
    }
}
