package io.tidings.jdbc.torture;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.tidings.jdbc.HostConnections;
import io.tidings.jdbc.JdbcStores;
import io.tidings.message.TenantId;
import io.tidings.outbox.Stores;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Row 43 over the stored rows: whoever can write the tables of the audit trail flips, deletes, inserts, reorders or cuts off,
 * and it is found, given a checkpoint. Each tampering is rolled back before the next one.
 */
class Row43TamperedRowsIT {
    private static final int RECORDS = 60;
    private static final List<Tampering> WAYS = List.of(Tampering.values());

    @Test
    void every_tampering_with_stored_rows_is_found() throws SQLException {
        int rounds = Size.of(200, 10_000);
        long seed = Size.seed();
        Random random = new Random(seed);
        try (Board row = Board.row("43", "tampered rows of the audit trail", seed, rounds + " tamperings");
                Server server = Server.start();
                HikariDataSource pool = server.pool(2)) {
            HostConnections hosts = new HostConnections(pool);
            Stores stores = JdbcStores.on(hosts).open();
            Trail trail = new Trail(stores, "node");
            IntStream.range(0, RECORDS).forEach(trail::act);
            trail.audit.checkpoint();
            assertThat(trail.stored().isIntact() && trail.exported().isIntact()).isTrue();
            Map<Tampering, Integer> byItself = new EnumMap<>(Tampering.class);
            Map<Tampering, Integer> byCheckpoint = new EnumMap<>(Tampering.class);
            try (Connection connection = pool.getConnection()) {
                connection.setAutoCommit(false);
                for (int round = 0; round < rounds; round++) {
                    Tampering how = WAYS.get(round % WAYS.size());
                    String what = how.strike(connection, random, RECORDS);
                    if (!hosts.within(connection, trail::stored).isIntact()) {
                        byItself.merge(how, 1, Integer::sum);
                    } else {
                        assertThat(hosts.within(connection, trail::exported).isIntact())
                                .as("round %d of seed %d: %s", round, seed, what)
                                .isFalse();
                        byCheckpoint.merge(how, 1, Integer::sum);
                    }
                    connection.rollback();
                }
                connection.setAutoCommit(true);
            }
            row.figure("found by the chain %s, by a checkpoint %s", byItself, byCheckpoint);
            assertThat(total(byItself) + total(byCheckpoint)).isEqualTo(rounds);
            assertThat(trail.stored().isIntact() && trail.exported().isIntact()).isTrue();
            row.passed();
        }
    }

    private static int total(Map<Tampering, Integer> found) {
        return found.values().stream().mapToInt(Integer::intValue).sum();
    }

    @Test
    void people_are_erased_from_the_rows_and_the_chain_still_verifies() throws SQLException {
        int people = Size.of(20, 100);
        int entries = Size.of(3, 10);
        long seed = Size.seed();
        try (Board row = Board.row("43", "erased, and still provable", seed, people + " people, " + entries + " each");
                Server server = Server.start();
                HikariDataSource pool = server.pool(2)) {
            Trail trail = new Trail(JdbcStores.on(pool).open(), "node");
            IntStream.range(0, people * entries).forEach(which -> trail.act(which % people));
            trail.audit.checkpoint();
            List<String> before = Dump.of(pool);
            assertThat(before).as("the dump reads what is there").anyMatch(Trail::names);

            int erased = IntStream.range(0, people)
                    .map(which -> trail.audit.erase(TenantId.DEFAULT, Trail.person(which)))
                    .sum();

            row.figure("%d entries erased", erased);
            assertThat(erased).isEqualTo(people * entries);
            assertThat(trail.stored()).isEqualTo(trail.exported());
            assertThat(trail.stored().isIntact()).as("%s", trail.stored()).isTrue();
            assertThat(Dump.of(pool)).isNotEmpty().noneMatch(Trail::names);
            row.passed();
        }
    }

    @Test
    void three_nodes_append_at_once_to_one_chain() throws Exception {
        int each = Size.of(300, 20_000);
        long seed = Size.seed();
        try (Board row = Board.row("43", "three nodes append", seed, 3 * each + " transactions");
                Server server = Server.start();
                HikariDataSource one = server.pool(4);
                HikariDataSource two = server.pool(4);
                HikariDataSource three = server.pool(4)) {
            List<Trail> nodes = new ArrayList<>();
            for (HikariDataSource pool : List.of(one, two, three)) {
                nodes.add(new Trail(JdbcStores.on(pool).open(), "node-" + nodes.size()));
            }
            ExecutorService threads = Executors.newFixedThreadPool(nodes.size());
            long began = System.nanoTime();
            List<Future<?>> running = new ArrayList<>();
            for (Trail node : nodes) {
                running.add(threads.submit(() -> {
                    for (int which = 0; which < each; which++) {
                        node.act(which);
                        if (which % 100 == 0) {
                            node.audit.seal();
                        }
                    }
                }));
            }
            for (Future<?> node : running) {
                node.get();
            }
            threads.shutdown();
            nodes.get(0).audit.seal();

            row.figure("%.0f/s, sealed meanwhile", 3 * each * 1e9 / (System.nanoTime() - began));
            assertThat(nodes.get(0).stored().isIntact()).isTrue();
            assertThat(nodes.get(0).stored().records()).isEqualTo(3L * each);
            row.passed();
        }
    }
}
