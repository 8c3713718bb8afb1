package io.tidings.jdbc;

import io.tidings.audit.Action;
import io.tidings.audit.Actor;
import io.tidings.audit.AuditQuery;
import io.tidings.message.TenantId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The statement of one search: a condition for each field that matters. For one thread. */
final class AuditSearch {
    private final StringBuilder sql =
            new StringBuilder("SELECT ").append(AuditRows.COLUMNS).append("""

            FROM tidings_audit a LEFT JOIN tidings_audit_data d ON d.id = a.id
            WHERE a.at >= ? AND a.at < ?""");
    private final List<Database.Binder> values = new ArrayList<>();

    AuditSearch(AuditQuery query) {
        values.add(to -> to.time(query.span().from()).time(query.span().until()));
        where("a.tenant = ?", query.tenant(), (to, tenant) -> to.text(tenant.value()));
        seldom("a.tenant <> 'default'", query.tenant(), TenantId.DEFAULT);
        where(
                "a.actor_kind = ? AND a.actor = ?",
                query.actor(),
                (to, actor) -> to.text(actor.kind().name()).text(actor.name()));
        Actor actor = query.actor();
        seldom("a.actor <> 'host'", actor == null ? null : actor.name(), Actor.HOST.name());
        where("a.action = ?", query.action(), (to, action) -> to.text(action.name()));
        seldom("a.action <> 'message.sent'", query.action(), Action.MESSAGE_SENT);
        where("a.message = ?", query.message(), Values::id);
        where(
                "a.at <= ? AND (a.at < ? OR a.id < ?)",
                query.after(),
                (to, last) -> to.time(last.at()).time(last.at()).uuid(last.id()));
        sql.append(" ORDER BY a.at DESC, a.id DESC LIMIT ?");
        values.add(to -> to.number(query.limit()));
    }

    private <T> void where(String condition, @Nullable T wanted, Database.RowBinder<T> binder) {
        if (wanted != null) {
            sql.append(" AND ").append(condition);
            values.add(to -> binder.bind(to, wanted));
        }
    }

    /**
     * Says in words that what is looked for is not what most entries are: by them PostgreSQL sees that the index of the
     * others, which leaves those entries out, holds everything.
     */
    private <T> void seldom(String condition, @Nullable T wanted, T most) {
        if (wanted != null && !wanted.equals(most)) {
            sql.append(" AND ").append(condition);
        }
    }

    String sql() {
        return sql.toString();
    }

    void bind(Values to) throws SQLException {
        for (Database.Binder each : values) {
            each.bind(to);
        }
    }
}
