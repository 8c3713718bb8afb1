package io.tidings.jdbc;

import io.tidings.message.NotConfiguredException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which keys the tables need: a row for each key that encrypted anything, with what tells it from others, one for the key
 * that numbers are looked up by, and one that says that nothing is in the clear any more.
 */
final class Encryption {
    static final String LOOKUP = "lookup";
    static final String WALKED = "walked";
    private static final String KEY = "key/";
    private static final String ALL = "SELECT name, content FROM tidings_encryption";
    private static final String ADD = "INSERT INTO tidings_encryption (name, content) VALUES (?, ?)";
    private static final String DROP = "DELETE FROM tidings_encryption WHERE name = ?";

    private final Database database;
    private final ColumnKeys keys;

    private Encryption(Database database, ColumnKeys keys) {
        this.database = database;
        this.keys = keys;
    }

    /** What the table says; nothing if it is not there. */
    static Map<String, String> known(Connection connection, Names names) throws SQLException {
        Map<String, String> known = new TreeMap<>();
        try (PreparedStatement select = connection.prepareStatement(names.in(ALL));
                ResultSet found = select.executeQuery()) {
            while (found.next()) {
                known.put(found.getString(1), found.getString(2));
            }
        } catch (SQLException e) {
            if (!Migrator.isMissingTable(e)) {
                throw e;
            }
        }
        return known;
    }

    /**
     * The tables as these keys make them, encrypted as a whole: what is in the clear is encrypted now.
     *
     * @throws NotConfiguredException if the tables need other keys, or nodes work on them in the clear
     */
    static Database open(Database clear, @Nullable ColumnKeys keys, Map<String, String> known) {
        if (keys == null) {
            if (!known.isEmpty()) {
                throw new NotConfiguredException("numbers and texts in these tables are encrypted; give "
                        + needed(known) + " by JdbcStores.encryptedBy(…), or tidings.encryption with Spring");
            }
            return clear;
        }
        Encryption encryption = new Encryption(clear, keys);
        Database sealed = encryption.sealed(known);
        if (!encryption.read().containsKey(WALKED)) {
            EncryptionWalk.first(sealed).run();
            clear.insert(ADD, values -> values.text(WALKED).text("yes"));
        }
        return sealed;
    }

    private static String needed(Map<String, String> known) {
        StringBuilder ids = new StringBuilder("the keys");
        known.keySet().stream()
                .filter(name -> name.startsWith(KEY))
                .forEach(name -> ids.append(' ').append(name.substring(KEY.length())));
        return ids.append(" and the one for lookups, ")
                .append(lookupId(known, "which is unknown"))
                .append(",")
                .toString();
    }

    private static String lookupId(Map<String, String> known, String otherwise) {
        String lookup = known.get(LOOKUP);
        return lookup == null ? otherwise : lookup.substring(0, lookup.indexOf(':'));
    }

    /** The first key is the one that numbers are looked up by, for good. */
    private Database sealed(Map<String, String> before) {
        verify(before);
        String current = keys.current();
        String check = SealedColumns.check(keys, current);
        database.insert(ADD, values -> values.text(LOOKUP).text(current + ":" + check));
        database.insert(ADD, values -> values.text(KEY + current).text(check));
        Map<String, String> known = read();
        verify(known);
        return database.with(new SealedColumns(keys, lookupId(known, current)));
    }

    private Map<String, String> read() {
        Map<String, String> known = new TreeMap<>();
        database.query(ALL, values -> {}, row -> Map.entry(row.text(), row.text()))
                .forEach(row -> known.put(row.getKey(), row.getValue()));
        return known;
    }

    private void verify(Map<String, String> known) {
        known.forEach((name, content) -> {
            if (name.startsWith(KEY)) {
                verify(name.substring(KEY.length()), content, "rows of these tables are encrypted with it");
            } else if (name.equals(LOOKUP)) {
                int end = content.indexOf(':');
                verify(content.substring(0, end), content.substring(end + 1), "numbers are looked up by it");
            }
        });
    }

    private void verify(String id, String check, String why) {
        if (!keys.ids().contains(id)) {
            throw new NotConfiguredException("the encryption key " + id + " is not among those that were given, and "
                    + why + "; give it as well, as an older key if it is not the current one");
        }
        if (!SealedColumns.check(keys, id).equals(check)) {
            throw new NotConfiguredException("the encryption key " + id + " is not the one that these tables know by"
                    + " this id, and " + why + "; give that one, and a new key an id of its own");
        }
    }

    /** Encrypts with the current key what another one encrypted, and returns how many rows; then no other is needed. */
    static long again(Database sealed, ColumnKeys keys) {
        long rows = EncryptionWalk.again(sealed, keys.current()).run();
        Encryption encryption = new Encryption(sealed, keys);
        encryption.read().keySet().stream()
                .filter(name -> name.startsWith(KEY) && !Objects.equals(name, KEY + keys.current()))
                .forEach(name -> sealed.update(DROP, values -> values.text(name)));
        return rows;
    }
}
