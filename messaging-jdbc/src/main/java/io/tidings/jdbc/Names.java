package io.tidings.jdbc;

import java.util.regex.Pattern;

/**
 * How the tables are called: a prefix, in a schema or in the connection's own.
 *
 * @param schema the schema, or an empty text for the connection's default
 * @param prefix what every table begins with
 */
record Names(String schema, String prefix) {
    static final String STANDARD_PREFIX = "tidings_";
    private static final Pattern SCHEMA = Pattern.compile("(?:[a-z][a-z0-9_]{0,62})?");
    private static final Pattern PREFIX = Pattern.compile("[a-z][a-z_]{0,31}");
    private static final Pattern NAME = Pattern.compile("\\btidings_");
    private static final Pattern INDEX = Pattern.compile("INDEX (?:IF NOT EXISTS )?$");
    /** The connection's own schema and the standard prefix. Behind the patterns, which its constructor needs. */
    static final Names STANDARD = new Names("", STANDARD_PREFIX);

    Names {
        if (!SCHEMA.matcher(schema).matches()) {
            throw new IllegalArgumentException(
                    "a schema is lower-case letters, digits and _, at most 63, and begins with a letter");
        }
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException("a table prefix is 1 to 32 lower-case letters and _");
        }
    }

    /** The statement with these names in place of the standard ones. */
    String in(String sql) {
        return in(sql, true);
    }

    /**
     * The same for a definition.
     *
     * @param bareIndexes whether a new index lies in the schema of its table and must have no schema in front of it
     */
    String in(String sql, boolean bareIndexes) {
        if (this.equals(STANDARD)) {
            return sql;
        }
        return NAME.matcher(sql).replaceAll(match -> {
            boolean bare = bareIndexes
                    && INDEX.matcher(sql.substring(0, match.start())).find();
            return (bare || schema.isEmpty() ? "" : schema + ".") + prefix;
        });
    }
}
