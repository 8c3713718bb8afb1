package io.tidings.jdbc;

import org.jspecify.annotations.Nullable;

/**
 * Where people's searches and sums are read: in a copy of the database, if there is one. Inside a transaction they are
 * read in it, so that it sees what it wrote.
 *
 * @param primary where everything is written
 * @param copy a database with the same tables, perhaps a little behind
 */
record Reads(Database primary, @Nullable Database copy) {

    Database database() {
        return copy == null || primary.transactions().areRunning() ? primary : copy;
    }
}
