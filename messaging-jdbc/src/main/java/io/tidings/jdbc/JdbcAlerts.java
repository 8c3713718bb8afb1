package io.tidings.jdbc;

import io.tidings.alert.AlertStore;
import java.time.Duration;
import java.util.Optional;

/** Alerts: a row each, which says whether it stands, and who watches until when. */
final class JdbcAlerts implements AlertStore {
    private static final String KEEP = """
            UPDATE tidings_alert SET node = ?, ends_at = {now} + ?
            WHERE name = ? AND (node = ? OR ends_at <= {now})""";
    private static final String FIND = "SELECT stands FROM tidings_alert WHERE name = ?";
    private static final String FIRST = "INSERT INTO tidings_alert (name, node, ends_at, stands) VALUES (?, '', 0, 0)";
    private static final String MARK =
            "UPDATE tidings_alert SET stands = ? WHERE name = ? AND node = ? AND ends_at > {now}";
    private static final String LEAVE = "UPDATE tidings_alert SET ends_at = 0 WHERE node = ?";

    private final Database database;

    JdbcAlerts(Database database) {
        this.database = database;
    }

    /** The row is locked before it is read, so that a snapshot holds what the last watch has marked. */
    @Override
    public Optional<Boolean> watch(String alert, String node, Duration lease) {
        return database.transactions()
                .run(() -> keep(alert, node, lease) ? find(alert).map(stands -> stands == 1) : Optional.empty());
    }

    private boolean keep(String alert, String node, Duration lease) {
        if (renew(alert, node, lease)) {
            return true;
        }
        if (find(alert).isPresent()) {
            return false;
        }
        database.ensure(FIRST, "name", values -> values.text(alert));
        return renew(alert, node, lease);
    }

    private boolean renew(String alert, String node, Duration lease) {
        return database.update(
                        KEEP,
                        values -> values.text(node).duration(lease).text(alert).text(node))
                == 1;
    }

    private Optional<Integer> find(String alert) {
        return database.find(FIND, values -> values.text(alert), Row::integer);
    }

    @Override
    public boolean mark(String alert, String node, boolean stands) {
        return database.update(
                        MARK,
                        values -> values.number(stands ? 1 : 0).text(alert).text(node))
                == 1;
    }

    @Override
    public void leave(String node) {
        database.update(LEAVE, values -> values.text(node));
    }
}
