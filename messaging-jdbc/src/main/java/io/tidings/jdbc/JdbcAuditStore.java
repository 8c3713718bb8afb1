package io.tidings.jdbc;

import static java.util.Objects.requireNonNull;

import io.tidings.audit.Action;
import io.tidings.audit.Actor;
import io.tidings.audit.AuditEntry;
import io.tidings.audit.AuditQuery;
import io.tidings.audit.AuditStore;
import io.tidings.message.PhoneNumber;
import io.tidings.message.TenantId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/** Audit entries in three tables: what stays, what can be erased, and what is not sealed yet. Nothing is ever updated. */
final class JdbcAuditStore implements AuditStore {
    private static final String ENTRY = """
            INSERT INTO tidings_audit
                (id, at, tenant, actor_kind, actor, action, message, node, environment, commitment)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";
    private static final String DATA = """
            INSERT INTO tidings_audit_data (id, tenant, person, person_sealed, salt, reason, details) VALUES (?, ?, ?, ?, ?, ?, ?)""";
    private static final String UNSEALED = "INSERT INTO tidings_audit_unsealed (at, id) VALUES (?, ?)";
    private static final String AT_ONCE = "WITH entry AS (" + ENTRY + " RETURNING id, at),\n" + """
            data AS (INSERT INTO tidings_audit_data (id, tenant, person, person_sealed, salt, reason, details)
                SELECT id, ?, ?, ?, ?, ?, ? FROM entry)
            INSERT INTO tidings_audit_unsealed (at, id) SELECT at, id FROM entry""";
    private static final String COUNTS = """
            SELECT FLOOR(at / 86400000000) AS on_day, action, actor_kind, actor, count(*)
            FROM tidings_audit WHERE at >= ? AND at < ?
            GROUP BY FLOOR(at / 86400000000), action, actor_kind, actor""";
    private static final String OF_PERSON = """
            SELECT id FROM tidings_audit_data WHERE tenant = ? AND person = ? ORDER BY id LIMIT ? FOR UPDATE""";
    private static final String ERASE = "DELETE FROM tidings_audit_data WHERE id = ?";
    private static final Comparator<Count> IN_ORDER = Comparator.comparing(Count::day)
            .thenComparing(count -> count.action().name())
            .thenComparing(count -> count.actor().toString());

    private final Database database;

    JdbcAuditStore(Database database) {
        this.database = database;
    }

    @Override
    public void append(List<AuditEntry> entries) {
        List<AuditEntry> whole =
                entries.stream().filter(entry -> entry.data() != null).toList();
        if (database.dialect() == Dialect.POSTGRESQL && whole.size() == entries.size()) {
            database.batch(AT_ONCE, entries, (values, entry) -> {
                AuditRows.bind(values, entry);
                AuditRows.bindData(values, entry, requireNonNull(entry.data()));
            });
            return;
        }
        database.transactions().execute(() -> {
            database.transactions().protectHost();
            database.batch(ENTRY, entries, AuditRows::bind);
            database.batch(
                    DATA,
                    whole,
                    (values, entry) ->
                            AuditRows.bindData(values.uuid(entry.id()), entry, requireNonNull(entry.data())));
            database.batch(
                    UNSEALED,
                    entries,
                    (values, entry) -> values.time(entry.at()).uuid(entry.id()));
        });
    }

    @Override
    public List<AuditEntry> search(AuditQuery query) {
        AuditSearch search = new AuditSearch(query);
        return database.query(search.sql(), search::bind, AuditRows::read);
    }

    @Override
    public List<Count> counts(Instant from, Instant until) {
        return database
                .query(
                        COUNTS,
                        values -> values.time(from).time(until),
                        row -> new Count(
                                LocalDate.ofEpochDay(row.number()),
                                new Action(row.text()),
                                new Actor(Actor.Kind.valueOf(row.text()), row.text()),
                                row.number()))
                .stream()
                .sorted(IN_ORDER)
                .toList();
    }

    @Override
    public List<UUID> erase(TenantId tenant, PhoneNumber person, int limit) {
        return database.transactions().run(() -> {
            database.transactions().protectHost();
            List<UUID> ids = database.query(
                    OF_PERSON,
                    values -> values.text(tenant.value()).person(person).number(limit),
                    Row::uuid);
            database.batch(ERASE, ids, Values::uuid);
            return ids;
        });
    }
}
