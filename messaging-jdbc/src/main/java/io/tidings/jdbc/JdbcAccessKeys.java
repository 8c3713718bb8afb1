package io.tidings.jdbc;

import io.tidings.access.AccessKey;
import io.tidings.access.AccessKeyStore;
import io.tidings.message.PhoneNumber;
import io.tidings.message.TenantId;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keys: a row each, which stays for good, so that no id comes to name another key. */
final class JdbcAccessKeys implements AccessKeyStore {
    private static final Logger log = LoggerFactory.getLogger(JdbcAccessKeys.class);
    private static final String ADD = """
            INSERT INTO tidings_access_key (id, hash, tenant, grants, created_at, created_by, expires_at)
            VALUES (?, ?, ?, ?, {now}, ?, ?)""";
    private static final String ALL = """
            SELECT id, hash, tenant, grants, created_at, created_by, expires_at, revoked_at, used_at
            FROM tidings_access_key""";
    private static final String FIND = ALL + " WHERE id = ?";
    private static final String LIST = ALL + " ORDER BY id";
    private static final String REVOKE =
            "UPDATE tidings_access_key SET revoked_at = {now} WHERE id = ? AND revoked_at IS NULL";
    private static final String USED = """
            UPDATE tidings_access_key SET used_at = {now}
            WHERE id = ? AND (used_at IS NULL OR used_at <= {now} - 60000000)""";

    private static final String LOCK = FIND + " FOR UPDATE";
    private static final String OF_TENANT = ALL + " WHERE tenant = ? OR tenant IS NULL ORDER BY id";
    private static final String GRANT = "UPDATE tidings_access_key SET grants = ? WHERE id = ?";

    private final Database database;

    JdbcAccessKeys(Database database) {
        this.database = database;
    }

    @Override
    public boolean add(AccessKey.Draft draft, String createdBy) {
        TenantId tenant = draft.tenant();
        return database.insert(
                ADD,
                values -> values.text(draft.id())
                        .text(draft.hash())
                        .text(tenant == null ? null : tenant.value())
                        .sealed(place(draft.id()), JsonText.of(draft.grants()))
                        .text(createdBy)
                        .timeOrNull(draft.expires()));
    }

    @Override
    public Optional<AccessKey> find(String id) {
        return database.find(FIND, values -> values.text(id), JdbcAccessKeys::orNone)
                .flatMap(Function.identity());
    }

    @Override
    public List<AccessKey> all() {
        return database.query(LIST, values -> {}, JdbcAccessKeys::orNone).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    static String place(String id) {
        return ColumnCipher.place("access_key.grants", id);
    }

    /** A key that cannot be read opens nothing. */
    private static Optional<AccessKey> orNone(Row row) throws SQLException {
        try {
            return Optional.of(key(row));
        } catch (UnreadableRowException e) {
            log.warn("an access key is left out, it cannot be read: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private static AccessKey key(Row row) throws SQLException {
        String id = row.text();
        String hash = row.text();
        String tenant = row.textOrNull();
        return new AccessKey(
                id,
                hash,
                tenant == null ? null : new TenantId(tenant),
                JsonText.map(row.cipher().open(place(id), row.text())),
                new AccessKey.Life(row.time(), row.text(), row.timeOrNull(), row.timeOrNull(), row.timeOrNull()));
    }

    @Override
    public boolean revoke(String id) {
        return database.update(REVOKE, values -> values.text(id)) == 1;
    }

    @Override
    public void used(String id) {
        database.update(USED, values -> values.text(id));
    }

    /** Grants are read and not searched: there are few keys, and a pattern would find a number inside a longer one. */
    @Override
    public List<AccessKey> inviting(TenantId tenant, PhoneNumber guest) {
        return database.query(OF_TENANT, values -> values.text(tenant.value()), JdbcAccessKeys::orNone).stream()
                .flatMap(Optional::stream)
                .filter(key -> key.hasGuest(guest))
                .toList();
    }

    @Override
    public int uninvite(TenantId tenant, PhoneNumber guest) {
        return database.transactions().run(() -> {
            database.transactions().protectHost();
            List<AccessKey> inviting = inviting(tenant, guest);
            inviting.forEach(key -> uninvite(key.id(), guest));
            return inviting.size();
        });
    }

    /** Read again under its lock: another guest may have been taken out since. */
    private void uninvite(String id, PhoneNumber guest) {
        database.find(LOCK, values -> values.text(id), JdbcAccessKeys::orNone)
                .flatMap(Function.identity())
                .ifPresent(key -> {
                    String left = JsonText.of(key.withoutGuest(guest).grants());
                    database.update(
                            GRANT, values -> values.sealed(place(id), left).text(id));
                });
    }
}
