package io.tidings.jdbc;

import io.tidings.audit.AuditChain;
import io.tidings.audit.AuditEntry;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The sealed chain: a head of one row, which the sealer that wins updates, and a row for each record. */
final class JdbcAuditChain implements AuditChain {
    private static final String UNSEALED = "SELECT " + AuditRows.COLUMNS + """

            FROM tidings_audit_unsealed u
            JOIN tidings_audit a ON a.id = u.id
            LEFT JOIN tidings_audit_data d ON d.id = u.id
            ORDER BY u.at, u.id LIMIT ?""";
    private static final String HEAD = """
            SELECT sequence, hash, segment, in_segment, archived, archived_hash
            FROM tidings_audit_head WHERE chain = ?""";
    private static final String START = """
            INSERT INTO tidings_audit_head (chain, sequence, hash, segment, in_segment, archived, archived_hash)
            VALUES (?, ?, ?, ?, ?, ?, ?)""";
    private static final String MOVE = """
            UPDATE tidings_audit_head
            SET sequence = ?, hash = ?, segment = ?, in_segment = ?, archived = ?, archived_hash = ?
            WHERE chain = ? AND sequence = ? AND hash = ? AND segment = ? AND in_segment = ?
                AND archived = ? AND archived_hash = ?""";
    private static final String LINK = """
            INSERT INTO tidings_audit_link (chain, sequence, segment, key_id, hash, at, entry, closed)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)""";
    private static final String SEALED = "DELETE FROM tidings_audit_unsealed WHERE at = ? AND id = ?";
    private static final String AFTER = """
            SELECT l.sequence, l.segment, l.key_id, l.hash, l.at, l.closed, l.entry,
            """ + AuditRows.COLUMNS + """

            FROM tidings_audit_link l
            LEFT JOIN tidings_audit a ON a.id = l.entry
            LEFT JOIN tidings_audit_data d ON d.id = l.entry
            WHERE l.chain = ? AND l.sequence > ? ORDER BY l.sequence LIMIT ?""";
    private static final String ARCHIVE = """
            UPDATE tidings_audit_head SET archived = ?, archived_hash = ? WHERE chain = ? AND archived < ?""";
    private static final String ARCHIVED = """
            (SELECT entry FROM tidings_audit_link WHERE chain = ? AND sequence <= ? AND entry IS NOT NULL)""";
    private static final String DROP_DATA = "DELETE FROM tidings_audit_data WHERE id IN " + ARCHIVED;
    private static final String DROP_ENTRIES = "DELETE FROM tidings_audit WHERE id IN " + ARCHIVED;
    private static final String DROP_LINKS = "DELETE FROM tidings_audit_link WHERE chain = ? AND sequence <= ?";

    private final Database database;

    JdbcAuditChain(Database database) {
        this.database = database;
    }

    @Override
    public List<AuditEntry> unsealed(int limit) {
        return database.query(UNSEALED, values -> values.number(limit), AuditRows::read);
    }

    @Override
    public Head head(String chain) {
        return stored(chain).orElse(Head.start(chain));
    }

    private Optional<Head> stored(String chain) {
        return database.find(
                HEAD,
                values -> values.text(chain),
                row -> new Head(chain, row.number(), row.text(), row.text(), row.number(), row.number(), row.text()));
    }

    @Override
    public boolean seal(Head expected, Head next, List<Link> links) {
        return database.transactions().run(() -> {
            database.transactions().protectHost();
            if (expected.sequence() == 0 && stored(expected.chain()).isEmpty()) {
                database.ensure(START, "chain", values -> state(values.text(expected.chain()), expected));
            }
            int moved =
                    database.update(MOVE, values -> state(state(values, next).text(expected.chain()), expected));
            if (moved == 0) {
                return false;
            }
            database.batch(LINK, links, (values, link) -> bind(values.text(expected.chain()), link));
            database.batch(
                    SEALED,
                    links.stream()
                            .<AuditEntry>mapMulti((link, entries) -> {
                                if (link.entry() != null) {
                                    entries.accept(link.entry());
                                }
                            })
                            .toList(),
                    (values, entry) -> values.time(entry.at()).uuid(entry.id()));
            return true;
        });
    }

    private static Values state(Values values, Head head) throws SQLException {
        return values.number(head.sequence())
                .text(head.hash())
                .text(head.segment())
                .number(head.inSegment())
                .number(head.archived())
                .text(head.archivedHash());
    }

    private static void bind(Values values, Link link) throws SQLException {
        AuditEntry entry = link.entry();
        values.number(link.sequence())
                .text(link.segment())
                .text(link.key())
                .text(link.hash())
                .time(link.at())
                .uuidOrNull(entry == null ? null : entry.id())
                .number(link.closed());
    }

    @Override
    public List<Link> after(String chain, long sequence, int limit) {
        return database.query(
                AFTER, values -> values.text(chain).number(sequence).number(limit), JdbcAuditChain::link);
    }

    private static Link link(Row row) throws SQLException {
        long sequence = row.number();
        String segment = row.text();
        String key = row.text();
        String hash = row.text();
        Instant at = row.time();
        long closed = row.number();
        UUID id = row.uuidOrNull();
        return new Link(sequence, segment, key, hash, at, id == null ? null : entry(row), closed);
    }

    /** Nothing for an entry that is gone or that somebody made unreadable: the verification is to name it, not to fail. */
    private static @Nullable AuditEntry entry(Row row) throws SQLException {
        try {
            return AuditRows.read(row);
        } catch (RuntimeException e) {
            return null;
        }
    }

    @Override
    public void archive(String chain, Link last) {
        database.transactions().execute(() -> {
            database.transactions().protectHost();
            int moved = database.update(
                    ARCHIVE,
                    values -> values.number(last.sequence())
                            .text(last.hash())
                            .text(chain)
                            .number(last.sequence()));
            if (moved > 0) {
                for (String drop : List.of(DROP_DATA, DROP_ENTRIES, DROP_LINKS)) {
                    database.update(drop, values -> values.text(chain).number(last.sequence()));
                }
            }
        });
    }
}
