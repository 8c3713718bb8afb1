package io.tidings.jdbc;

import io.tidings.audit.Action;
import io.tidings.audit.Actor;
import io.tidings.audit.AuditData;
import io.tidings.audit.AuditEntry;
import io.tidings.message.MessageId;
import io.tidings.message.PhoneNumber;
import io.tidings.message.TenantId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How an audit entry lies in its two tables. */
final class AuditRows {
    private static final Logger log = LoggerFactory.getLogger(AuditRows.class);

    /** Of {@code tidings_audit a LEFT JOIN tidings_audit_data d}. */
    static final String COLUMNS = """
            a.id, a.at, a.tenant, a.actor_kind, a.actor, a.action, a.message, a.node, a.environment, a.commitment,
            d.salt, d.person, d.person_sealed, d.reason, d.details""";

    private AuditRows() {}

    static void bind(Values values, AuditEntry entry) throws SQLException {
        TenantId tenant = entry.tenant();
        MessageId message = entry.message();
        values.uuid(entry.id())
                .time(entry.at())
                .text(tenant == null ? null : tenant.value())
                .text(entry.actor().kind().name())
                .text(entry.actor().name())
                .text(entry.action().name())
                .uuidOrNull(message == null ? null : message.value())
                .text(entry.place().node())
                .text(entry.place().environment())
                .text(entry.commitment());
    }

    static String place(String column, UUID id) {
        return ColumnCipher.place("audit." + column, id);
    }

    static void bindData(Values values, AuditEntry entry, AuditData data) throws SQLException {
        TenantId tenant = entry.tenant();
        PhoneNumber person = data.person();
        ColumnCipher cipher = values.cipher();
        values.text(tenant == null ? null : tenant.value())
                .text(person == null ? null : cipher.number(person))
                .text(person == null ? null : cipher.beside(place("person", entry.id()), person.e164()))
                .text(data.salt())
                .sealed(place("reason", entry.id()), data.reason())
                .sealed(place("details", entry.id()), JsonText.of(data.details()));
    }

    static AuditEntry read(Row row) throws SQLException {
        UUID id = row.uuid();
        Instant at = row.time();
        String tenant = row.textOrNull();
        Actor actor = new Actor(Actor.Kind.valueOf(row.text()), row.text());
        Action action = new Action(row.text());
        UUID message = row.uuidOrNull();
        AuditEntry.Place place = new AuditEntry.Place(row.text(), row.text());
        return new AuditEntry(
                id,
                at,
                tenant == null ? null : new TenantId(tenant),
                actor,
                action,
                message == null ? null : new MessageId(message),
                place,
                row.text(),
                dataIfReadable(row, id));
    }

    /** Nothing for what cannot be read: the verification is to name its entry, and searches are to show the others. */
    private static @Nullable AuditData dataIfReadable(Row row, UUID id) throws SQLException {
        try {
            return Database.readable(row, each -> Optional.ofNullable(data(each, id)))
                    .orElse(null);
        } catch (UnreadableRowException e) {
            log.warn("the data of audit entry {} cannot be read: {}", id, e.getMessage());
            return null;
        }
    }

    private static @Nullable AuditData data(Row row, UUID id) throws SQLException {
        String salt = row.textOrNull();
        if (salt == null) {
            return null;
        }
        ColumnCipher cipher = row.cipher();
        String lookedUp = row.textOrNull();
        String beside = row.textOrNull();
        String person = lookedUp == null ? null : cipher.read(place("person", id), lookedUp, beside);
        return new AuditData(
                salt,
                person == null ? null : new PhoneNumber(person),
                cipher.openOrNull(place("reason", id), row.textOrNull()),
                JsonText.map(cipher.open(place("details", id), row.text())));
    }
}
