package io.tidings.jdbc.torture;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.tidings.jdbc.JdbcStores;
import io.tidings.jdbc.torture.Point.Stage;
import io.tidings.jdbc.torture.Stepped.Between;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Row 3: a process ends at each named point, or at some in a short run; another one cleans up, and the sandbox's log is compared with
 * what was committed. Prints the matrix, and writes it to {@code target/crash-matrix.md}. Which points:
 * {@code -Dtidings.points=CALLBACK.*}.
 */
class Row03CrashMatrixIT {
    /** Longer than a process lives, by its own clock, and than its lease. */
    private static final Duration AFTER_A_DEATH = Duration.ofSeconds(75);

    private static final int SECONDS_TO_DIE = 90;

    /** A death costs the start of a process. */
    private static final int SHORT_POINTS = 12;

    /** What became of the messages of one death. */
    private record Death(
            int sending, int stored, int accepted, int givenUp, int duplicates, int lost, int stuck, int ghosts) {
        static final Death NONE = new Death(0, 0, 0, 0, 0, 0, 0, 0);

        Death plus(Death other) {
            return new Death(
                    sending + other.sending,
                    stored + other.stored,
                    accepted + other.accepted,
                    givenUp + other.givenUp,
                    duplicates + other.duplicates,
                    lost + other.lost,
                    stuck + other.stuck,
                    ghosts + other.ghosts);
        }

        boolean holds() {
            return duplicates + lost + stuck + ghosts == 0 && givenUp <= sending;
        }

        String cells() {
            return "%d | %d | %d | %d | %d | %d | %d | %d"
                    .formatted(sending, stored, accepted, givenUp, duplicates, lost, stuck, ghosts);
        }
    }

    @Test
    void nothing_is_lost_doubled_or_stuck_wherever_a_process_ends() throws Exception {
        int repetitions = Integer.getInteger("tidings.repetitions", Size.of(1, 40));
        long seed = Size.seed();
        Random random = new Random(seed);
        List<Point> points = points(System.getProperty("tidings.points"), random);
        Matrix matrix = new Matrix(Path.of("target", "crash-matrix.md"), repetitions, seed);
        try (Board row = Board.row(
                        "3",
                        "death at each named point",
                        seed,
                        points.size() + " of " + Point.values().length + " points x " + repetitions);
                Server server = Server.start();
                LocalTwilio twilio = LocalTwilio.start(seed);
                HikariDataSource pool = server.pool(8)) {
            Death all = Death.NONE;
            List<String> broken = new ArrayList<>();
            int next = 1;
            for (Point point : points) {
                Death sum = Death.NONE;
                for (int i = 0; i < repetitions; i++) {
                    Death one = die(point, 1 + random.nextInt(3), next, server, twilio, pool);
                    if (!one.holds()) {
                        broken.add(point + " at message " + next + ": " + one);
                    }
                    sum = sum.plus(one);
                    next += CrashMain.MESSAGES;
                }
                matrix.line(point, sum.cells());
                all = all.plus(sum);
            }
            row.figure("%d deaths, %s", points.size() * repetitions, all);
            assertThat(broken).as("seed %d", seed).isEmpty();
            row.passed();
        }
    }

    /** In the order of the way; a short run that names none takes some by lot, so that several builds see all. */
    private static List<Point> points(@Nullable String wanted, Random random) {
        List<Point> all = new ArrayList<>(List.of(Point.values()));
        if (wanted != null) {
            all.removeIf(point -> !point.name().matches(wanted));
            return all;
        }
        Collections.shuffle(all, random);
        return all.stream().limit(Size.of(SHORT_POINTS, all.size())).sorted().toList();
    }

    private static Death die(Point point, int nth, int first, Server server, LocalTwilio twilio, HikariDataSource pool)
            throws InterruptedException, SQLException {
        String schema = "d" + first;
        Server.execute(pool, "CREATE SCHEMA " + schema);
        JdbcStores database = JdbcStores.on(pool).withSchema(schema);
        database.open();
        int times = Math.min(nth, point.most);
        boolean second = point.stage == Stage.RECOVERING || point.stage == Stage.DECIDING;
        int sending = 0;
        if (second) {
            Point before = point.stage == Stage.DECIDING ? Point.INTENT_COMMITTED : Point.SETTLE_COMMITS;
            end(before, 1, 0, first, schema, server, twilio);
            sending = sending(pool, schema);
        }
        end(point, times, second ? AFTER_A_DEATH.toSeconds() : 0, second ? 0 : first, schema, server, twilio);
        sending = Math.max(sending, sending(pool, schema));
        try (Stepped survivor = new Stepped(
                database,
                Host.of(twilio),
                AFTER_A_DEATH.multipliedBy(second ? 2 : 1),
                new Between(stores -> stores, new Tripwire(Point.SEND_WRITTEN, 0)::watch),
                true)) {
            cleanUp(survivor, first);
            return judge(survivor, first, sending, twilio);
        }
    }

    /** Beyond the horizon of what is sent until it is taken, and then beyond that of advertisements, if need be. */
    private static void cleanUp(Stepped survivor, int first) {
        for (int i = 0; i < 50 && !survivor.hasEnded(first, CrashMain.MESSAGES); i++) {
            survivor.step(Duration.ofSeconds(1));
        }
        for (int i = 0; i < 20 && !survivor.hasEnded(first, CrashMain.MESSAGES); i++) {
            survivor.step(Duration.ofMinutes(2));
        }
    }

    /** Starts a process and waits until it has come to its point. One that ends elsewhere, or not, fails the test. */
    private static void end(
            Point point, int nth, long after, int first, String schema, Server server, LocalTwilio twilio)
            throws InterruptedException {
        try (Jvm process = Jvm.start(
                CrashMain.class.getName(),
                List.of(
                        server.url(),
                        schema,
                        twilio.url,
                        twilio.account,
                        twilio.token,
                        point.name(),
                        Integer.toString(nth),
                        Long.toString(after),
                        Integer.toString(first)))) {
            assertThat(process.process().waitFor(SECONDS_TO_DIE, TimeUnit.SECONDS))
                    .as("%s for the %d. time is reached in time", point, nth)
                    .isTrue();
            assertThat(process.process().exitValue())
                    .as("%s for the %d. time was reached", point, nth)
                    .isEqualTo(Tripwire.STATUS);
        }
    }

    private static int sending(HikariDataSource pool, String schema) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet count =
                        statement.executeQuery("SELECT COUNT(*) FROM " + schema + ".tidings_queue WHERE state = 1")) {
            count.next();
            return count.getInt(1);
        }
    }

    private static Death judge(Stepped survivor, int first, int sending, LocalTwilio twilio) {
        Map<String, Integer> copies = Orders.copies(twilio.truth());
        Death sum = new Death(sending, 0, 0, 0, 0, 0, 0, 0);
        for (int number = first; number < first + CrashMain.MESSAGES; number++) {
            int times = copies.getOrDefault(CrashMain.token(number), 0);
            Death one = survivor.story(CrashMain.token(number))
                    .map(story -> End.of(story, times))
                    .map(end -> new Death(
                            0,
                            1,
                            Math.min(1, times),
                            end.givenUp(),
                            Math.max(0, times - 1),
                            end.lost(),
                            end.stuck(),
                            0))
                    .orElse(new Death(0, 0, 0, 0, 0, 0, 0, times));
            sum = sum.plus(one);
        }
        return sum;
    }
}
