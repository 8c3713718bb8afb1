package io.tidings.jdbc;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Rows with a name that are changed together. They are made and locked in the order of their names, and made before any
 * is locked: so nobody waits in a circle.
 */
final class NamedRows<T> {
    private static final int MOST_ROUNDS = 10;

    private final Database database;
    private final String table;
    private final String insert;
    private final String columns;
    private final Database.Reader<T> reader;

    /**
     * The rows of a table.
     *
     * @param insert adds a row that has only a name
     * @param columns what is read of a row
     */
    NamedRows(Database database, String table, String insert, String columns, Database.Reader<T> reader) {
        this.database = database;
        this.table = table;
        this.insert = insert;
        this.columns = columns;
        this.reader = reader;
    }

    /** Locks the rows, new ones where there were none, until the transaction ends. Call it inside a transaction. */
    Map<String, T> lock(Collection<String> names) {
        TreeSet<String> wanted = new TreeSet<>(names);
        for (int round = 0; round < MOST_ROUNDS; round++) {
            make(wanted);
            Map<String, T> locked = select(wanted, " ORDER BY name FOR UPDATE");
            if (locked.size() == wanted.size()) {
                return locked;
            }
        }
        throw new IllegalStateException("rows of " + table + " go as fast as they are made");
    }

    /** The rows that are there. */
    Map<String, T> find(Collection<String> names) {
        return select(new TreeSet<>(names), "");
    }

    private void make(Set<String> wanted) {
        Set<String> there = new HashSet<>();
        if (!wanted.isEmpty()) {
            there.addAll(database.query(statement("name", wanted.size()), values -> bind(values, wanted), Row::text));
        }
        for (String name : wanted) {
            if (!there.contains(name)) {
                database.ensure(insert, "name", values -> values.text(name));
            }
        }
    }

    private Map<String, T> select(Set<String> wanted, String tail) {
        Map<String, T> found = new TreeMap<>();
        if (!wanted.isEmpty()) {
            List<Map.Entry<String, T>> rows = database.query(
                    statement("name, " + columns, wanted.size()) + tail,
                    values -> bind(values, wanted),
                    row -> Map.entry(row.text(), reader.read(row)));
            rows.forEach(row -> found.put(row.getKey(), row.getValue()));
        }
        return found;
    }

    private String statement(String what, int count) {
        return "SELECT " + what + " FROM " + table + " WHERE name IN (" + Database.marks(count) + ")";
    }

    private static void bind(Values values, Set<String> names) throws java.sql.SQLException {
        for (String name : names) {
            values.text(name);
        }
    }
}
