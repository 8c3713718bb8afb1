package io.tidings.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.dispatch.SenderRates;
import io.tidings.message.Sender;
import io.tidings.sandbox.Delays;
import io.tidings.sandbox.Fault;
import io.tidings.sandbox.HandsetProfile;
import io.tidings.sandbox.Sandbox;
import io.tidings.throttle.Rate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A stop under load waits for what is in the air, records it, and leaves nothing unknown. */
@ExtendWith(Scoreboard.Keeper.class)
class Row14GracefulStopIT {
    private static final Duration EXIT = Duration.ofSeconds(35);
    private static final Duration SLOWEST = Scale.of(Duration.ofSeconds(1), Duration.ofSeconds(5));
    private static final int AT_ONCE = 4;

    /** What one stop left behind. */
    private record Stop(int inFlight, long millis, Ledger.Verdict verdict) {}

    @Test
    void closing_under_load_leaves_nothing_unknown(Scoreboard board) throws Exception {
        int stops = Scale.of(20, 200);
        long seed = Scale.seed();
        Scoreboard.Row row = board.row("14", "graceful stop, close()", seed)
                .size("%d stops, answers up to %d s", stops, SLOWEST.toSeconds());
        ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<Stop>> running = new ArrayList<>();
            for (int i = 0; i < stops; i++) {
                long own = seed * 1_000 + i;
                running.add(pool.submit((Callable<Stop>) () -> stop(own)));
            }
            List<Stop> done = new ArrayList<>();
            for (Future<Stop> each : running) {
                done.add(each.get());
            }
            long hit = done.stream().filter(stop -> stop.inFlight() > 0).count();
            long slowest = done.stream().mapToLong(Stop::millis).max().orElseThrow();
            int sent = done.stream().mapToInt(stop -> stop.verdict().accepted()).sum();
            int held = done.stream().mapToInt(stop -> stop.verdict().held()).sum();
            row.figure("%d stops with requests in flight, %d accepted, %d uncertain", hit, sent, held);
            row.figure("slowest stop %d ms", slowest);

            assertThat(hit).isGreaterThan(stops / 2);
            assertThat(Duration.ofMillis(slowest)).isLessThan(EXIT);
            assertThat(done).allSatisfy(stop -> {
                Ledger.Verdict verdict = stop.verdict();
                assertThat(verdict.held() + verdict.stuck() + verdict.duplicates())
                        .isZero();
                assertThat(verdict.unrecorded() + verdict.lost() + verdict.dead())
                        .isZero();
            });
            row.passed();
        } finally {
            pool.shutdownNow();
        }
    }

    private static Stop stop(long seed) throws InterruptedException {
        Random random = new Random(seed);
        try (Scene scene = Scene.of(seed)
                .withoutCallbacks()
                .tidings(settings -> settings.rates(
                        SenderRates.defaults().with(new Sender.ShortCode(Scene.SENDER), Rate.perSecond(200))))
                .start()) {
            slowAnswers(scene.sandbox, random);
            Ledger ledger = new Ledger(scene.tidings);
            AtomicBoolean going = new AtomicBoolean(true);
            Thread load = new Thread(() -> {
                while (going.get()) {
                    ledger.send(1);
                    Await.pass(Duration.ofMillis(1));
                }
            });
            load.start();
            Await.until(
                    Duration.ofSeconds(10), () -> !scene.sandbox.log().creates().isEmpty());
            Await.pass(Duration.ofMillis(50 + random.nextInt(400)));
            int inFlight = scene.wiretap.inFlight();
            long began = System.nanoTime();
            scene.tidings.close();
            long millis = (System.nanoTime() - began) / 1_000_000;
            going.set(false);
            load.join();
            return new Stop(inFlight, millis, ledger.verdict(scene.sandbox.log()));
        }
    }

    @Test
    void a_process_told_to_end_leaves_nothing_unknown(Scoreboard board, @TempDir Path folder) throws Exception {
        int stops = Scale.of(2, 20);
        long seed = Scale.seed();
        Scoreboard.Row row = board.row("14", "graceful stop, SIGTERM to a process", seed)
                .size("%d processes, answers up to %d s", stops, SLOWEST.toSeconds());
        Random random = new Random(seed);
        int accepted = 0;
        int hit = 0;
        long slowest = 0;
        for (int i = 0; i < stops; i++) {
            try (Sandbox sandbox = Sandbox.builder()
                    .seed(seed + i)
                    .sender(Scene.SENDER, 100_000)
                    .handsets(HandsetProfile.allDelivered())
                    .delays(Delays.none())
                    .start()) {
                slowAnswers(sandbox, random);
                Path file = folder.resolve("stop-" + i);
                Process process = start(sandbox, file);
                try {
                    Await.until(
                            Duration.ofSeconds(60),
                            () -> sandbox.log().creates().size() > 20);
                    Await.pass(Duration.ofMillis(random.nextInt(300)));
                    long began = System.nanoTime();
                    process.destroy();
                    boolean ended = process.waitFor(EXIT.toSeconds(), TimeUnit.SECONDS);
                    long millis = (System.nanoTime() - began) / 1_000_000;
                    slowest = Math.max(slowest, millis);
                    assertThat(ended).isTrue();
                } finally {
                    process.destroyForcibly();
                }
                Map<String, String> statuses = statuses(file);
                Map<String, Integer> truth = sandbox.log().acceptedByBody();
                accepted += truth.size();
                hit += truth.size() > 20 ? 1 : 0;
                assertThat(statuses.values()).doesNotContain("UNCERTAIN", "SENDING", "DEAD", "FAILED");
                assertThat(truth.values()).containsOnly(1);
                assertThat(truth.keySet())
                        .allSatisfy(text -> assertThat(statuses.get(text)).isIn("ACCEPTED", "SENT", "DELIVERED"));
                assertThat(statuses.values().stream().filter(status -> !status.equals("QUEUED")))
                        .hasSize(truth.size());
            }
        }
        row.figure("%d accepted and recorded, slowest exit %d ms", accepted, slowest);
        assertThat(hit).isEqualTo(stops);
        row.passed();
    }

    private static void slowAnswers(Sandbox sandbox, Random random) {
        for (int i = 0; i < 2_000; i++) {
            sandbox.faults().next(1, new Fault.Slow(Duration.ofMillis(random.nextInt((int) SLOWEST.toMillis()))));
        }
    }

    private static Process start(Sandbox sandbox, Path file) throws IOException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath,
                        StopUnderLoadMain.class.getName(),
                        sandbox.url(),
                        sandbox.accountSid(),
                        sandbox.authToken(),
                        file.toString())
                .inheritIO()
                .start();
    }

    private static Map<String, String> statuses(Path file) throws IOException {
        Map<String, String> statuses = new HashMap<>();
        for (String line : Files.readAllLines(file)) {
            int space = line.indexOf(' ');
            statuses.put(line.substring(space + 1), line.substring(0, space));
        }
        return statuses;
    }
}
