package io.tidings.spring.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.sandbox.Delays;
import io.tidings.sandbox.HandsetOutcome;
import io.tidings.sandbox.HandsetProfile;
import io.tidings.sandbox.Hostility;
import io.tidings.sandbox.Mishap;
import io.tidings.sandbox.Sandbox;
import io.tidings.sandbox.SandboxMessage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Row 27 as a host has it: an application of the starter in one process, with its Tomcat, a usual pool and a PostgreSQL that
 * writes to the disk; in another one, whoever signs callbacks and posts them at a steady pace. Meanwhile the database is gone
 * for some time. Outside of that time answers are fast, within it they are 503 and not late, and in the end each message is
 * what the provider knows it to be: a poll later at most, whether the provider repeats its calls or not.
 */
@Tag("alone")
class Row27FloodOverTomcatIT {
    private static final int PER_SECOND = Size.of(50, 500);
    private static final int SECONDS = Size.of(9, 60);
    private static final Duration STALL = Size.of(Duration.ofSeconds(1), Duration.ofSeconds(5));
    /** Callbacks before those that count: with them a new process compiles what it runs. */
    private static final int WARM = PER_SECOND * Size.of(1, 30);
    /** How long after it was sent the provider is asked about a message: when all callbacks have been made. */
    private static final Duration HORIZON = Size.of(Duration.ofSeconds(10), Duration.ofSeconds(180));
    /** How long after the first callback that is taken again all are answered as usual. */
    private static final Duration BACK = Duration.ofSeconds(1);

    private static final String LANDLINE = "+12025550113";
    private static final int UNREACHABLE = 30006;
    /** Of {@code rc=5&rp=all}, which our addresses ask for. */
    private static final int TWILIOS = 5;

    @TempDir
    private Path folder;

    /** How the database goes away. */
    enum Stall {
        /** Its processes end, and others start on what they left: HikariCP waits up to 5 s between two tries to connect. */
        CRASH(Duration.ofSeconds(5)),
        /** Its processes stand still with all connections open. */
        FREEZE(Duration.ZERO);

        /** How long the application's pool may need to notice that it is back. */
        private final Duration noticed;

        Stall(Duration noticed) {
            this.noticed = noticed;
        }
    }

    static Stream<Arguments> cases() {
        Stream<Arguments> all = Stream.of(
                Arguments.of(Stall.CRASH, TWILIOS),
                Arguments.of(Stall.CRASH, 0),
                Arguments.of(Stall.FREEZE, TWILIOS),
                Arguments.of(Stall.FREEZE, 0));
        return Size.isFull() ? all : all.limit(1);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void callbacks_are_answered_fast_or_503_and_every_message_is_right_in_the_end(Stall stall, int repetitions)
            throws IOException, InterruptedException {
        long seed = Size.seed();
        String how = stall.name().toLowerCase(Locale.ROOT) + (repetitions > 0 ? ", repeated" : ", once");
        String size = PER_SECOND + "/s for " + SECONDS + " s, " + STALL.toSeconds() + " s away";
        try (Board row = Board.row("27", "callbacks over Tomcat, " + how, seed, size);
                Server server = Server.start();
                Sandbox sandbox = sandbox(seed);
                Shop shop = Shop.open(server, sandbox, folder, HORIZON)) {
            server.runIn();
            List<FloodMain.Callback> callbacks = callbacks(sandbox, accepted(shop));
            Path answers = folder.resolve("answers");
            try (Jvm flood = flood(shop, sandbox, callbacks, repetitions, answers)) {
                long began = Long.parseLong(flood.told(FloodMain.BEGAN));
                Window away = stall(server, stall, began);
                assertThat(flood.ends(Duration.ofMinutes(5))).as(flood.all()).isTrue();
                Answers seen = Answers.read(answers).from(WARM);
                long over = System.nanoTime();
                boolean right = Await.until(HORIZON.plusSeconds(5), () -> wrong(server, sandbox) == 0);
                Duration later = Duration.ofNanos(System.nanoTime() - over);

                // A short flood on a busy machine may be over before the database is back.
                OptionalLong again = seen.taken(away.back());
                long until = away.back() + again.orElse(Long.MAX_VALUE / 2) + 1_000 * BACK.toMillis();
                Answers usual = seen.outside(away.from(), until);
                Answers within = seen.within(away.from(), until);
                row.figure("outside %s", usual);
                row.figure("within %s", within);
                again.ifPresent(after -> row.figure("taken again after %.1f s", after / 1e6));
                row.figure("all right %.1f s after the last one", later.toMillis() / 1e3);
                assertThat(right)
                        .as("%d messages are wrong", wrong(server, sandbox))
                        .isTrue();
                if (Size.isFull()) {
                    assertThat(Duration.of(again.orElseThrow(), ChronoUnit.MICROS))
                            .isLessThan(stall.noticed.plus(BACK));
                }
                check(usual, within);
                row.passed();
            }
        }
    }

    /** How fast it is shows in full size alone: in a short one processes have just begun, often on a busy machine. */
    private static void check(Answers usual, Answers within) {
        assertThat(usual.statuses().keySet()).isSubsetOf(204, 503).contains(204);
        assertThat(within.statuses().keySet()).isSubsetOf(204, 503).contains(503);
        if (Size.isFull()) {
            assertThat(usual.statuses()).containsOnlyKeys(204);
            assertThat(usual.quantile(0.99)).isLessThan(Duration.ofMillis(20));
            assertThat(within.where(each -> each.status() == 503).quantile(1)).isLessThan(Duration.ofSeconds(1));
        }
    }

    /** Most are delivered, one number is a landline; no callback of the sandbox's own comes through. */
    private static Sandbox sandbox(long seed) {
        Sandbox sandbox = Sandbox.builder()
                .seed(seed)
                .sender(AppMain.SENDER, 100_000)
                .handsets(HandsetProfile.allDelivered())
                .delays(Delays.none())
                .hostile(Hostility.calm().with(Mishap.CALLBACK_DROPPED, 1))
                .start();
        sandbox.handset(LANDLINE, new HandsetOutcome.Undelivered(UNREACHABLE));
        return sandbox;
    }

    /** Where to call back about each of as many messages as the flood needs. */
    private static Map<String, URI> accepted(Shop shop) {
        int messages = (WARM + PER_SECOND * SECONDS) / 2;
        shop.send("Your order is ready,", messages);
        Await.until(Duration.ofMinutes(5), () -> shop.addresses().size() >= messages);
        Map<String, URI> addresses = shop.addresses();
        assertThat(addresses).hasSize(messages);
        return addresses;
    }

    /** {@code sent} and how it ended, of one message after the other. */
    private static List<FloodMain.Callback> callbacks(Sandbox sandbox, Map<String, URI> addresses) {
        Map<String, SandboxMessage> known = messages(sandbox);
        List<FloodMain.Callback> all = new ArrayList<>();
        addresses.forEach((sid, url) -> {
            SandboxMessage message = known.get(sid);
            all.add(new FloodMain.Callback(url, sid, "sent", 0));
            all.add(new FloodMain.Callback(url, sid, message.status(), message.errorCode()));
        });
        return all;
    }

    private static Map<String, SandboxMessage> messages(Sandbox sandbox) {
        Map<String, SandboxMessage> known = new LinkedHashMap<>();
        sandbox.messages().forEach(message -> known.put(message.sid(), message));
        return known;
    }

    private Jvm flood(Shop shop, Sandbox sandbox, List<FloodMain.Callback> callbacks, int repetitions, Path answers)
            throws IOException {
        Path file = folder.resolve("callbacks");
        Files.write(file, callbacks.stream().map(FloodMain.Callback::line).toList());
        return Jvm.start(
                FloodMain.class,
                List.of("-Xmx384m"),
                List.of(
                        Integer.toString(shop.port()),
                        sandbox.authToken(),
                        Integer.toString(PER_SECOND),
                        Integer.toString(repetitions),
                        file.toString(),
                        answers.toString()));
    }

    /** When the database was away, in microseconds since the flood began. */
    private record Window(long from, long back) {}

    private static Window stall(Server server, Stall stall, long began) {
        long from = began + 1_000L * (WARM / PER_SECOND) + 1_000L * SECONDS / 3;
        Await.until(Duration.ofMinutes(2), () -> System.currentTimeMillis() >= from);
        long away = System.currentTimeMillis();
        if (stall == Stall.CRASH) {
            server.crash();
            Await.pass(STALL);
            server.resume();
        } else {
            server.freeze();
            Await.pass(STALL);
            server.thaw();
        }
        long back = System.currentTimeMillis();
        return new Window(1_000 * (away - began), 1_000 * (back - began));
    }

    /** How many messages are not what the provider knows. */
    private static long wrong(Server server, Sandbox sandbox) {
        Map<String, SandboxMessage> known = messages(sandbox);
        List<List<String>> rows = server.rows("""
                SELECT a.sid, m.status, COUNT(*) OVER (PARTITION BY m.id), a.error_code
                FROM tidings_message m JOIN tidings_attempt a ON a.message = m.id""");
        long right = rows.stream()
                .filter(row -> row.get(2).equals("1"))
                .filter(row -> {
                    SandboxMessage message = known.get(row.get(0));
                    return message != null
                            && row.get(1).equalsIgnoreCase(message.status())
                            && row.get(3).equals(Integer.toString(message.errorCode()));
                })
                .count();
        return known.size() - right + rows.size() - right;
    }
}
