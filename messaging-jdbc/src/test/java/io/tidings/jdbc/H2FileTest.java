package io.tidings.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.zaxxer.hikari.HikariDataSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** H2 in a file, and processes that are killed while they write to it. */
class H2FileTest {
    private static final int KILLS = "full".equals(System.getProperty("tidings.torture")) ? 60 : 4;

    @TempDir
    private Path folder;

    /** With room in the file used again at once, and not after 45 seconds, when the test is over. */
    private String url() {
        return "jdbc:h2:file:" + folder.resolve("tidings") + ";WRITE_DELAY=0;RETENTION_TIME=0;DB_CLOSE_ON_EXIT=FALSE";
    }

    @Test
    void transactions_on_a_file_take_turns() throws Exception {
        try (HikariDataSource pool = Databases.pool(url(), "sa", "")) {
            Database database = JdbcStores.on(pool).database();

            assertThat(runsBeside(database, transaction(database))).isFalse();
            assertThat(runsBeside(database, statement(database)))
                    .as("a statement alone")
                    .isFalse();
        }
    }

    @Test
    void transactions_in_memory_run_side_by_side() throws Exception {
        Database database = JdbcStores.on(Databases.h2()).database();

        assertThat(runsBeside(database, transaction(database))).isTrue();
        assertThat(runsBeside(database, statement(database)))
                .as("a statement alone")
                .isTrue();
    }

    private static Runnable transaction(Database database) {
        return () -> database.transactions().execute(() -> {});
    }

    private static Runnable statement(Database database) {
        return () -> database.update("DELETE FROM tidings_counter WHERE kind = 'none'", values -> {});
    }

    /** Whether this runs while a transaction is open. It runs after it in any case. */
    private static boolean runsBeside(Database database, Runnable other) throws InterruptedException {
        CountDownLatch second = new CountDownLatch(1);
        Thread thread = new Thread(() -> {
            other.run();
            second.countDown();
        });
        AtomicBoolean beside = new AtomicBoolean();
        database.transactions().execute(() -> {
            thread.start();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (second.getCount() > 0 && thread.getState() != Thread.State.WAITING && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            beside.set(second.getCount() == 0);
        });
        assertThat(second.await(20, TimeUnit.SECONDS)).isTrue();
        thread.join();
        return beside.get();
    }

    @Test
    void a_file_whose_settings_lose_commits_is_warned_of() throws SQLException {
        assertThat(warnings(url())).isEmpty();
        assertThat(warnings("jdbc:h2:mem:")).isEmpty();
        assertThat(warnings("jdbc:h2:file:" + folder.resolve("other")))
                .singleElement()
                .asString()
                .contains("add ;WRITE_DELAY=0 to");
    }

    private static List<String> warnings(String url) throws SQLException {
        Logger logger = (Logger) LoggerFactory.getLogger(H2File.class);
        ListAppender<ILoggingEvent> seen = new ListAppender<>();
        seen.start();
        logger.addAppender(seen);
        try (Connection connection = DriverManager.getConnection(url)) {
            H2File.isBehind(connection);
        } finally {
            logger.detachAppender(seen);
        }
        return seen.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void a_process_that_is_killed_leaves_what_it_committed_and_every_index_with_its_rows() throws Exception {
        long seed = Long.getLong("tidings.seed", System.nanoTime());
        System.Logger log = System.getLogger("test");
        log.log(System.Logger.Level.INFO, "an H2 file is killed {0} times: seed {1}", KILLS, seed);
        Random random = new Random(seed);
        Set<UUID> said = new HashSet<>();
        for (int kill = 1; kill <= KILLS; kill++) {
            said.addAll(untilKilled(20 + random.nextInt(200)));

            try (HikariDataSource pool = Databases.pool(url(), "sa", "")) {
                H2Check check = new H2Check(pool);
                assertThat(check.faults()).as("kill %d of seed %d", kill, seed).isEmpty();
                Set<UUID> waiting = check.ids("tidings_queue");
                Set<UUID> gone = check.ids("tidings_message");
                assertThat(waiting).noneMatch(gone::contains);
                waiting.addAll(gone);
                assertThat(waiting).as("kill %d of seed %d", kill, seed).containsAll(said);
                log.log(System.Logger.Level.INFO, "kill {0}: {1} committed, {2} left", kill, said.size(), gone.size());
            }
        }
    }

    private Set<UUID> untilKilled(int messages) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        H2FileMain.class.getName(),
                        url())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Set<UUID> said = new HashSet<>();
        try (BufferedReader lines = process.inputReader()) {
            while (said.size() < messages) {
                String line = lines.readLine();
                assertThat(line).as("it runs until it is killed").isNotNull();
                if (line.length() == 36) {
                    said.add(UUID.fromString(line));
                }
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        return said;
    }
}
