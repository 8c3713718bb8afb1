package io.tidings.benchmarks.outbox;

import io.tidings.Tidings;
import io.tidings.benchmarks.Database;
import io.tidings.benchmarks.Results;
import io.tidings.benchmarks.Samples;
import io.tidings.benchmarks.Server;
import io.tidings.benchmarks.Texts;
import io.tidings.jdbc.HostConnections;
import io.tidings.jdbc.JdbcStores;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What {@code send()} adds to a transaction of the host, on a node that works off meanwhile what was sent, and how many
 * transactions with one send a second one thread commits, beside transactions with one bare insert.
 */
record SendCost(int sends) implements OutboxMain.Aside {
    private static final int SLICE = 50;
    private static final String BARE = "INSERT INTO bare (id, recipient, body) VALUES (?, ?, ?)";

    @Override
    public void measure(Server.Postgres server, Results results) throws Exception {
        List<Double> micros = new ArrayList<>();
        List<Double> shares = new ArrayList<>();
        try (Database database = server.empty();
                Connection connection = database.pool().getConnection()) {
            database.execute("CREATE TABLE bare (id BIGINT PRIMARY KEY, recipient TEXT NOT NULL, body TEXT NOT NULL)");
            HostConnections hosts = new HostConnections(database.pool());
            try (Tidings tidings = Ours.builder(
                            new NoProvider(submission -> {}),
                            JdbcStores.on(hosts).open())
                    .start()) {
                connection.setAutoCommit(false);
                Texts texts = new Texts();
                for (int done = 0; done < 2 * sends; done += SLICE) {
                    boolean warm = done >= sends;
                    long bare = bare(connection, texts);
                    long ours = ours(connection, hosts, tidings, texts, warm ? micros : new ArrayList<>());
                    if (warm) {
                        shares.add((double) bare / ours);
                    }
                }
            }
        }
        Samples took = new Samples(micros);
        Map<String, Double> facts = Map.of(
                "p50Micros", took.quantile(0.5),
                "p99Micros", took.quantile(0.99),
                "rateVsBareInsert", new Samples(shares).median());
        results.put("sendInTransaction", facts);
        System.out.printf(
                Locale.ROOT,
                "send() in a transaction: p50 %.2f ms, p99 %.2f ms; %.2f of the rate of one bare insert (%d sends)%n",
                took.quantile(0.5) / 1e3,
                took.quantile(0.99) / 1e3,
                new Samples(shares).median(),
                took.count());
    }

    /** A slice of transactions with one insert; how long it took. */
    private static long bare(Connection connection, Texts texts) throws SQLException {
        long start = System.nanoTime();
        for (int sent = 0; sent < SLICE; sent++) {
            Texts.Text text = texts.next();
            try (PreparedStatement insert = connection.prepareStatement(BARE)) {
                insert.setLong(1, System.nanoTime());
                insert.setString(2, text.to());
                insert.setString(3, text.body());
                insert.executeUpdate();
            }
            connection.commit();
        }
        return System.nanoTime() - start;
    }

    private static long ours(
            Connection connection, HostConnections hosts, Tidings tidings, Texts texts, List<Double> micros)
            throws SQLException {
        long start = System.nanoTime();
        for (int sent = 0; sent < SLICE; sent++) {
            Texts.Text text = texts.next();
            long before = System.nanoTime();
            hosts.within(connection, () -> tidings.send(Ours.message(text)));
            micros.add((System.nanoTime() - before) / 1e3);
            connection.commit();
            hosts.committed();
        }
        return System.nanoTime() - start;
    }
}
