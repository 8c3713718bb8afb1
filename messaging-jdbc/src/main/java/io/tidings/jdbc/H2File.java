package io.tidings.jdbc;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An H2 database that lies in a file, and what it needs so that a process that is killed leaves it whole.
 *
 * <p>H2 writes what changed table by table, while other transactions go on changing what it writes next. Killed behind
 * such a write, it leaves half of a transaction: a row without its index, or the other way round. So transactions on a
 * file take turns. The settings are the host's, in the address of the database.
 */
final class H2File {
    private static final Logger log = LoggerFactory.getLogger(H2File.class);

    private H2File() {}

    /** Whether this connection, which must be one to H2, leads to a file. Warns of settings that lose commits. */
    static boolean isBehind(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            try (ResultSet path = statement.executeQuery("SELECT DATABASE_PATH()")) {
                path.next();
                if (path.getString(1) == null) {
                    return false;
                }
            }
            List<String> missing = missing(connection.getMetaData(), statement);
            if (!missing.isEmpty()) {
                log.warn(
                        "if this process is killed, the H2 file forgets messages that have left already, and they"
                                + " leave again; add ;{} to the address of the database",
                        String.join(";", missing));
            }
        }
        return true;
    }

    /** Else commits lie in memory for half a second, and 2.5 may not find the newest one in space that it used again. */
    private static Map<String, String> needed(DatabaseMetaData version) throws SQLException {
        Map<String, String> needed = new TreeMap<>();
        needed.put("WRITE_DELAY", "0");
        if (version.getDatabaseMajorVersion() * 1_000 + version.getDatabaseMinorVersion() >= 2_005) {
            needed.put("REUSE_SPACE", "FALSE");
        }
        return needed;
    }

    private static List<String> missing(DatabaseMetaData version, Statement statement) throws SQLException {
        Map<String, String> needed = needed(version);
        String names = needed.keySet().stream().collect(Collectors.joining("', '", "'", "'"));
        try (ResultSet settings = statement.executeQuery("SELECT SETTING_NAME, SETTING_VALUE"
                + " FROM INFORMATION_SCHEMA.SETTINGS WHERE SETTING_NAME IN (" + names + ")")) {
            while (settings.next()) {
                needed.remove(settings.getString(1), settings.getString(2).toUpperCase(Locale.ROOT));
            }
        }
        return needed.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .toList();
    }
}
