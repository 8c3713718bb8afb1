package io.tidings.benchmarks.outbox;

import io.tidings.Tidings;
import io.tidings.benchmarks.Database;
import io.tidings.benchmarks.Results;
import io.tidings.benchmarks.Samples;
import io.tidings.benchmarks.Server;
import io.tidings.benchmarks.Texts;
import io.tidings.jdbc.JdbcStores;
import io.tidings.message.AccountId;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Sender;
import io.tidings.outbox.QueueRow;
import io.tidings.outbox.SenderKey;
import io.tidings.outbox.Settled;
import io.tidings.outbox.Skip;
import io.tidings.outbox.Stores;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a claim of 64 messages costs when few messages are known, when five times {@code waiting} have ended and that many
 * wait, and when somebody holds an old snapshot, so that nothing which was deleted can be cleaned up.
 */
record Growth(int waiting) implements OutboxMain.Aside {
    private static final int CLAIM = 64;
    private static final int CLAIMS = 150;
    private static final int WARM = 50;
    private static final int FEW = (CLAIMS + WARM) * CLAIM;
    private static final String NODE = "node";
    private static final SenderKey SENDER =
            new SenderKey(AccountId.DEFAULT, new Sender.Number(new PhoneNumber(Texts.FROM)), 0);

    @Override
    public void measure(Server.Postgres server, Results results) throws Exception {
        if (waiting == 0) {
            return;
        }
        Map<String, Object> facts = new LinkedHashMap<>();
        try (Database few = server.empty()) {
            Stores stores = filled(few, FEW, 0);
            note(facts, "few", claims(stores));
        }
        try (Database many = server.empty()) {
            Stores stores = filled(many, waiting, 5 * waiting);
            note(facts, "many", claims(stores));
            try (Connection old = many.pool().getConnection()) {
                holdSnapshot(old);
                note(facts, "oldSnapshot", claims(stores));
                old.rollback();
            }
        }
        results.put("claimMillis", facts);
    }

    private static void note(Map<String, Object> facts, String name, Samples millis) {
        facts.put(name, Map.of("p50", millis.quantile(0.5), "p99", millis.quantile(0.99)));
        System.out.printf(
                Locale.ROOT,
                "claim of %d, %s: p50 %.1f ms, p99 %.1f ms (%d claims)%n",
                CLAIM,
                name,
                millis.quantile(0.5),
                millis.quantile(0.99),
                millis.count());
    }

    /** Copies of one message: {@code waiting} in the queue, {@code ended} in the history. */
    private static Stores filled(Database database, int waiting, int ended) throws SQLException {
        Stores stores = JdbcStores.on(database.pool()).open();
        try (Tidings tidings =
                Ours.builder(new NoProvider(submission -> {}), stores).build()) {
            tidings.send(Ours.message(new Texts().next()));
        }
        database.execute("""
                INSERT INTO tidings_message
                    (id, tenant, recipient, text_hash, lane, accepted_at, status, attempts, counted, changed_at, body)
                SELECT gen_random_uuid(), q.tenant, q.recipient, n, q.lane, q.accepted_at, 'DELIVERED', 1, 1,
                       q.accepted_at, q.body
                FROM tidings_queue q CROSS JOIN generate_series(1, %d) n""".formatted(ended), """
                INSERT INTO tidings_queue
                    (id, account, sender, shard, state, lane, tenant, not_before, attempts, counted, recipient, text_hash,
                     accepted_at, tagged, body)
                SELECT gen_random_uuid(), q.account, q.sender, q.shard, q.state, q.lane, q.tenant, q.not_before + n, 0, 0,
                       q.recipient, n, q.accepted_at, q.tagged, q.body
                FROM tidings_queue q CROSS JOIN generate_series(1, %d) n""".formatted(waiting), "ANALYZE", "CHECKPOINT");
        stores.work().own(NODE, Duration.ofHours(1));
        return stores;
    }

    private static void holdSnapshot(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT count(*) FROM tidings_sender");
        }
    }

    /** Claims, and lets what was claimed leave at once. */
    private static Samples claims(Stores stores) {
        List<Double> millis = new ArrayList<>();
        for (int claim = 0; claim < WARM + CLAIMS; claim++) {
            long start = System.nanoTime();
            List<QueueRow> begun = stores.transactions().run(() -> {
                return stores.work().begin(NODE, stores.work().due(SENDER, CLAIM, Skip.NONE));
            });
            if (claim >= WARM) {
                millis.add((System.nanoTime() - start) / 1e6);
            }
            stores.transactions()
                    .execute(() -> begun.forEach(row -> stores.work().settle(new Settled.Leave(row.attempt()))));
        }
        return new Samples(millis);
    }
}
