package io.tidings.jdbc;

import io.tidings.jdbc.SealedTable.Rewritten;
import io.tidings.message.NotConfiguredException;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Walks through all tables and writes anew what is not encrypted with the current key, some rows in a transaction. Broken
 * off, it goes on where it is begun again. Two that walk take turns.
 */
final class EncryptionWalk {
    private static final Logger log = LoggerFactory.getLogger(EncryptionWalk.class);
    private static final int AT_ONCE = 500;
    private static final String TURN = "SELECT content FROM tidings_encryption WHERE name = 'lookup' FOR UPDATE";
    private static final String WALKED = "SELECT content FROM tidings_encryption WHERE name = 'walked'";
    private static final String NODES = "SELECT COUNT(*) FROM tidings_node WHERE ends_at > {now}";

    private final Database sealed;
    private final String written;
    /** Asked in each transaction whether there is nothing more to do. */
    private final Predicate<Database> over;

    private EncryptionWalk(Database sealed, String written, Predicate<Database> over) {
        this.sealed = sealed;
        this.written = written;
        this.over = over;
    }

    /** Over tables that no node works on yet, or is to work on. */
    static EncryptionWalk first(Database sealed) {
        return new EncryptionWalk(sealed, SealedColumns.MARK, EncryptionWalk::isDone);
    }

    /** Over tables that nodes may work on. */
    static EncryptionWalk again(Database sealed, String currentKey) {
        return new EncryptionWalk(sealed, SealedColumns.MARK + currentKey + ":", tables -> false);
    }

    /** Returns how many rows were written. */
    long run() {
        long rows = 0;
        for (SealedTable table : SealedTable.ALL) {
            long some = run(table);
            if (some > 0) {
                log.info("{} rows of {} were encrypted", some, table.name());
            }
            rows += some;
        }
        return rows;
    }

    private long run(SealedTable table) {
        long rows = 0;
        @Nullable Rewritten last = null;
        List<Rewritten> some;
        do {
            Rewritten after = last;
            some = sealed.transactions().run(() -> some(table, after));
            rows += some.stream().filter(Rewritten::isWritten).count();
            last = some.isEmpty() ? last : some.get(some.size() - 1);
        } while (some.size() == AT_ONCE);
        return rows;
    }

    /** Looks at all rows, some at a time, because no statement may run long. What a node wrote meanwhile stays. */
    private List<Rewritten> some(SealedTable table, @Nullable Rewritten after) {
        if (over.test(sealed)) {
            return List.of();
        }
        List<Rewritten> rows = sealed.query(
                table.select(after != null),
                values -> {
                    if (after != null) {
                        after.bindKey(values);
                    }
                    values.number(AT_ONCE);
                },
                row -> table.read(row, written));
        sealed.batch(
                table.update(), rows.stream().filter(Rewritten::isWritten).toList(), (values, row) -> row.bind(values));
        return rows;
    }

    /** In turns: what another one has encrypted as a whole may be worked on already. */
    private static boolean isDone(Database sealed) {
        sealed.query(TURN, values -> {}, Row::text);
        boolean done = !sealed.query(WALKED, values -> {}, Row::text).isEmpty();
        if (!done) {
            requireNoNodes(sealed);
        }
        return done;
    }

    private static void requireNoNodes(Database sealed) {
        long nodes = sealed.query(NODES, values -> {}, Row::number).get(0);
        if (nodes > 0) {
            throw new NotConfiguredException(nodes + " nodes work on these tables without keys and could not read what"
                    + " is encrypted; stop them, wait ten seconds if they were killed, and start again");
        }
    }
}
