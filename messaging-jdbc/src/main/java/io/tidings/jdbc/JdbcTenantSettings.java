package io.tidings.jdbc;

import io.tidings.message.TenantId;
import io.tidings.tenant.TenantSettings;
import io.tidings.tenant.TenantSettingsStore;
import java.util.List;
import java.util.Optional;

/** What tenants changed: a row for each of them, which a change locks before it reads. */
final class JdbcTenantSettings implements TenantSettingsStore {
    private static final String FIND = "SELECT settings FROM tidings_tenant WHERE tenant = ?";
    private static final String LOCK = FIND + " FOR UPDATE";
    private static final String INSERT = "INSERT INTO tidings_tenant (settings, tenant) VALUES (?, ?)";
    private static final String UPDATE = "UPDATE tidings_tenant SET settings = ? WHERE tenant = ?";
    private static final String TENANTS = "SELECT tenant FROM tidings_tenant ORDER BY tenant";

    private final Database database;

    JdbcTenantSettings(Database database) {
        this.database = database;
    }

    @Override
    public Optional<TenantSettings> find(TenantId tenant) {
        return read(FIND, tenant);
    }

    private Optional<TenantSettings> read(String sql, TenantId tenant) {
        return database.find(sql, values -> values.text(tenant.value()), Row::text)
                .map(text -> TenantSettings.parse(JsonText.map(text)));
    }

    @Override
    public Optional<TenantSettings> put(TenantId tenant, TenantSettings settings) {
        Database.Binder binder =
                values -> values.text(JsonText.of(settings.values())).text(tenant.value());
        return database.transactions().run(() -> {
            database.transactions().protectHost();
            Optional<TenantSettings> before = read(LOCK, tenant);
            if (before.isEmpty() && database.insert(INSERT, binder)) {
                return before;
            }
            // Somebody may have been first since; its row is there now.
            Optional<TenantSettings> locked = before.isPresent() ? before : read(LOCK, tenant);
            database.update(UPDATE, binder);
            return locked;
        });
    }

    @Override
    public List<TenantId> tenants() {
        return database.query(TENANTS, values -> {}, row -> new TenantId(row.text()));
    }
}
