package io.tidings.benchmarks.outbox;

import io.tidings.benchmarks.Database;
import io.tidings.jdbc.JdbcStores;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The limit: by hand, the rows that ours leaves behind, in the same tables and with the same two commits for each message,
 * but in batches of 500, with no gate asked, no text read and nothing decided. What only tells that the trail was not
 * changed, its chain, is left out.
 */
final class SameRows implements Contestant {
    private static final String ENTRY = """
            {"v":1,"account":"default","segments":1,"acceptedAt":"2026-11-21T10:15:30.123456Z","tenant":"default",\
            "channel":"SMS","category":"TRANSACTIONAL","to":"%s","from":"+12025550100","content":{"text":"%s"}}\
            """;
    private static final String DECISIONS = """
            [{"gate":"expiry","stage":"%1$s","at":"2026-11-21T10:15:30.123456Z","pass":true},\
            {"gate":"destination","stage":"%1$s","at":"2026-11-21T10:15:30.123456Z","pass":true},\
            {"gate":"opt-out","stage":"%1$s","at":"2026-11-21T10:15:30.123456Z","pass":true}]\
            """;
    private static final String DIGEST = "0123456789abcdef".repeat(4);

    @Override
    public String name() {
        return "limit: same rows";
    }

    @Override
    public Backlog open(Database database) throws SQLException {
        JdbcStores.on(database.pool()).open();
        Connection connection = database.pool().getConnection();
        connection.setAutoCommit(false);
        ExecutorService worker = Executors.newSingleThreadExecutor();
        return new Backlog() {
            private final List<List<UUID>> stored = new ArrayList<>();
            private long number;

            @Override
            public void enqueue(List<String> texts) throws SQLException {
                List<Entry> entries = new ArrayList<>(texts.size());
                for (String text : texts) {
                    String recipient = String.format(Locale.ROOT, "+1202555%04d", 100 + ++number % 100);
                    entries.add(new Entry(new UUID(number, number << 32), recipient, text));
                }
                new Statements(connection).enqueue(entries);
                connection.commit();
                stored.add(entries.stream().map(Entry::id).toList());
            }

            @Override
            public void start(Jobs jobs) {
                worker.execute(() -> stored.forEach(batch -> send(connection, batch, jobs)));
            }

            @Override
            public boolean isSettled() throws SQLException {
                return database.number("SELECT count(*) FROM tidings_queue") == 0;
            }

            @Override
            public void close() throws SQLException {
                end(worker);
                connection.close();
            }
        };
    }

    private static void end(ExecutorService worker) {
        worker.shutdown();
        try {
            worker.awaitTermination(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(Connection connection, List<UUID> batch, Jobs jobs) {
        try {
            Statements statements = new Statements(connection);
            statements.intend(batch);
            connection.commit();
            batch.forEach(message -> jobs.work());
            statements.settle(batch);
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException("a batch of the limit failed", e);
        }
    }

    /** A message of the limit. */
    private record Entry(UUID id, String recipient, String text) {}

    /** One statement for each table and step, with a batch of parameters. */
    private record Statements(Connection connection) {
        private interface Binder<T> {
            void bind(PreparedStatement statement, T row) throws SQLException;
        }

        private <T> void batch(String sql, List<T> rows, Binder<T> binder) throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (T row : rows) {
                    binder.bind(statement, row);
                    statement.addBatch();
                }
                statement.executeBatch();
            }
        }

        void enqueue(List<Entry> entries) throws SQLException {
            batch("""
                    INSERT INTO tidings_queue
                        (id, account, sender, shard, state, lane, tenant, not_before, attempts, counted, recipient,
                         text_hash, accepted_at, tagged, body)
                    VALUES (?, 'default', '+12025550100', 0, 0, 2, 'default', 1795000000000000, 0, 0, ?, ?,
                            1795000000000000, FALSE, ?)""", entries, (statement, entry) -> {
                statement.setObject(1, entry.id());
                statement.setString(2, entry.recipient());
                statement.setLong(3, entry.text().hashCode());
                statement.setString(4, ENTRY.formatted(entry.recipient(), entry.text()));
            });
            decide(entries.stream().map(Entry::id).toList(), "INTAKE");
            batch("""
                    INSERT INTO tidings_audit
                        (id, at, tenant, actor_kind, actor, action, message, node, environment, commitment)
                    VALUES (?, 1795000000000000, 'default', 'SYSTEM', 'host', 'message.sent', ?, 'node', '', '%s')
                    """.formatted(DIGEST), entries, (statement, entry) -> {
                statement.setObject(1, entry.id());
                statement.setObject(2, entry.id());
            });
            batch("""
                    INSERT INTO tidings_audit_data (id, tenant, person, salt, details)
                    VALUES (?, 'default', ?, '%s', '{"category":"TRANSACTIONAL","segments":"1"}')
                    """.formatted(DIGEST), entries, (statement, entry) -> {
                statement.setObject(1, entry.id());
                statement.setString(2, entry.recipient());
            });
            batch(
                    "INSERT INTO tidings_audit_unsealed (at, id) VALUES (1795000000000000, ?)",
                    entries,
                    (statement, entry) -> statement.setObject(1, entry.id()));
        }

        private void decide(List<UUID> ids, String stage) throws SQLException {
            String decisions = DECISIONS.formatted(stage);
            batch("INSERT INTO tidings_decision (message, records) VALUES (?, ?)", ids, (statement, id) -> {
                statement.setObject(1, id);
                statement.setString(2, decisions);
            });
        }

        void intend(List<UUID> ids) throws SQLException {
            update("UPDATE tidings_queue SET state = 1, attempts = 1, begun_by = 'limit' WHERE id = ?", ids);
            decide(ids, "SEND");
            batch("""
                    INSERT INTO tidings_attempt
                        (message, number, status, error_code, conflict, due_at, started_at, changed_at)
                    VALUES (?, 1, 'SENDING', 0, FALSE, 1795000000000000, 1795000000000000, 1795000000000000)""", ids, (statement, id) -> statement.setObject(1, id));
        }

        void settle(List<UUID> ids) throws SQLException {
            batch(
                    "INSERT INTO tidings_sid (sid, message, number, listed) VALUES (?, ?, 1, FALSE)",
                    ids,
                    (statement, id) -> {
                        statement.setString(1, sid(id));
                        statement.setObject(2, id);
                    });
            batch("""
                    INSERT INTO tidings_observation (message, number, status, sid, error_code, source, at, raw)
                    VALUES (?, 1, 'QUEUED', ?, 0, 'ANSWER', 1795000000000000, '{}')""", ids, (statement, id) -> {
                statement.setObject(1, id);
                statement.setString(2, sid(id));
            });
            attempts(ids);
            update("""
                    INSERT INTO tidings_message
                        (id, tenant, recipient, text_hash, lane, accepted_at, status, attempts, counted, changed_at, body)
                    SELECT id, tenant, recipient, text_hash, lane, accepted_at, 'ACCEPTED', 1, 1, 1795000000000000, body
                    FROM tidings_queue WHERE id = ?""", ids);
            update("DELETE FROM tidings_queue WHERE id = ?", ids);
        }

        private static String sid(UUID id) {
            return "SM" + id.toString().replace("-", "");
        }

        private void attempts(List<UUID> ids) throws SQLException {
            String set = "UPDATE tidings_attempt SET status = 'QUEUED', changed_at = 1795000000000000,"
                    + " poll_at = 1795000000000000, poll_round = 0, ";
            if (isPostgres()) {
                try (PreparedStatement statement = connection.prepareStatement(
                        set + "sid = n.sid FROM unnest(?, ?) AS n(id, sid) WHERE message = n.id AND number = 1")) {
                    statement.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
                    statement.setArray(
                            2,
                            connection.createArrayOf(
                                    "text", ids.stream().map(Statements::sid).toArray()));
                    statement.executeUpdate();
                }
            } else {
                batch(set + "sid = ? WHERE message = ? AND number = 1", ids, (statement, id) -> {
                    statement.setString(1, sid(id));
                    statement.setObject(2, id);
                });
            }
        }

        /** One statement for all on PostgreSQL, planned by the primary key; H2 is in this process and does one each. */
        private void update(String sqlOfOne, List<UUID> ids) throws SQLException {
            if (isPostgres()) {
                String all = sqlOfOne.replace("id = ?", "id = ANY(?)");
                try (PreparedStatement statement = connection.prepareStatement(all)) {
                    statement.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
                    statement.executeUpdate();
                }
            } else {
                batch(sqlOfOne, ids, (statement, id) -> statement.setObject(1, id));
            }
        }

        private boolean isPostgres() throws SQLException {
            return connection.getMetaData().getDatabaseProductName().equals("PostgreSQL");
        }
    }
}
