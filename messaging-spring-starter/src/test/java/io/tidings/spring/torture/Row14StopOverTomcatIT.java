package io.tidings.spring.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.sandbox.Delays;
import io.tidings.sandbox.HandsetProfile;
import io.tidings.sandbox.LogEntry;
import io.tidings.sandbox.Sandbox;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Row 14 as a host has it: applications in processes of their own are stopped by SIGTERM, one after the other, while others ask
 * them for texts over HTTP. The worker stops first and waits for the answers in the air; until it has them the API and the
 * webhooks answer. Then the web server drains: it takes no new connection, and answers what it has begun.
 */
@ExtendWith(SharedServer.class)
class Row14StopOverTomcatIT {
    private static final int STOPS = Integer.getInteger("tidings.stops", Size.of(2, 200));
    private static final Duration BUSY = Duration.ofMillis(10);
    /** While the next application starts nothing is judged: callers leave the processor to it. */
    private static final Duration STARTING = Duration.ofMillis(200);

    private static final Duration EXIT = Duration.ofSeconds(35);
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String INBOUND = Settings.PUBLIC + "/tidings/webhooks/inbound";

    @Test
    void what_was_answered_before_a_stop_or_during_it_is_sent_once(Database database) throws Exception {
        long seed = Size.seed();
        List<Node> nodes = new ArrayList<>();
        try (Board row = Board.row("14", "SIGTERM to applications under load", seed, STOPS + " stops, 4 callers");
                Sandbox sandbox = sandbox(seed);
                Program program = Node.program(STOPS, database, sandbox)) {
            nodes.add(Node.start(program, database, sandbox));
            route(sandbox, nodes.get(0));
            try (Load load = Load.of(nodes.get(0).api(), 4, BUSY)) {
                Duration slowest = Duration.ZERO;
                for (int i = 0; i < STOPS; i++) {
                    load.pause(STARTING);
                    nodes.add(Node.start(program, database, sandbox));
                    load.pause(BUSY);
                    Duration took = stop(sandbox, load, nodes.remove(0), nodes.get(0));
                    slowest = took.compareTo(slowest) > 0 ? took : slowest;
                    if ((i + 1) % 20 == 0) {
                        System.out.printf("row 14: %d stops, slowest %d ms%n", i + 1, slowest.toMillis());
                    }
                }
                load.end();
                int texts = load.answered().size();
                boolean done = Await.until(Duration.ofMinutes(2), () -> database.hasDelivered(texts));
                row.figure(
                        "%d texts, %d calls repeated, slowest end %d ms", texts, load.repeated(), slowest.toMillis());
                assertThat(done).as("%d of %s", texts, database.told()).isTrue();
                check(database, sandbox, load);
                row.passed();
            }
        } finally {
            nodes.forEach(Node::close);
        }
    }

    /** How long its end took, from the signal on. */
    private static Duration stop(Sandbox sandbox, Load load, Node leaving, Node next) throws IOException {
        try (leaving) {
            load.add(next.api());
            leaving.answers().hold();
            assertThat(Await.until(SOON, () -> leaving.answers().waiting() > 0))
                    .as("messages of its own are in the air")
                    .isTrue();
            try (HalfRequest half = HalfRequest.begin(leaving.api().port(), load.token() + "half")) {
                long signalled = System.nanoTime();
                leaving.terminate();
                assertThat(Await.until(SOON, leaving::hasStopped))
                        .as(leaving.said())
                        .isTrue();
                whileStopping(sandbox, load, leaving);
                assertThat(leaving.drains()).as("it waits for the answers").isFalse();

                load.remove(leaving.api());
                leaving.answers().release();
                assertThat(Await.until(SOON, leaving::drains))
                        .as(leaving.said())
                        .isTrue();
                route(sandbox, next);
                load.answered(half.token(), half.end());
                leaving.end(EXIT);
                return Duration.ofNanos(System.nanoTime() - signalled);
            }
        }
    }

    /** Others ask for texts, and the provider calls: both are answered as usual. */
    private static void whileStopping(Sandbox sandbox, Load load, Node leaving) throws IOException {
        for (int i = 0; i < 5; i++) {
            String token = load.token();
            load.answered(token, leaving.api().text(token).status());
        }
        String sid =
                sandbox.reply("+12025550143", AppMain.SENDER, "Is it ready?").orElseThrow();
        assertThat(Await.until(SOON, () -> !sandbox.log().callbacks(sid).isEmpty()))
                .isTrue();
        assertThat(sandbox.log().callbacks(sid))
                .extracting(call -> call.reply().status())
                .containsExactly(200);
    }

    private static void route(Sandbox sandbox, Node node) {
        sandbox.detour(Settings.PUBLIC, "http://127.0.0.1:" + node.api().port());
    }

    private static void check(Database database, Sandbox sandbox, Load load) {
        Map<String, Integer> sent = sandbox.log().acceptedByBody();
        assertThat(load.statuses()).containsOnlyKeys(201);
        assertThat(sent.keySet()).isEqualTo(load.answered());
        assertThat(sent.values()).containsOnly(1);
        assertThat(database.column("SELECT status FROM tidings_observation WHERE status = 'UNCERTAIN'"))
                .isEmpty();
        assertThat(database.column("SELECT message FROM tidings_attempt WHERE number > 1"))
                .isEmpty();
        assertThat(sandbox.log().callbacks())
                .extracting(LogEntry.Callback::reply)
                .filteredOn(reply -> reply.problem() == null)
                .extracting(LogEntry.Reply::status)
                .containsOnly(200, 204);
    }

    private static Sandbox sandbox(long seed) {
        Sandbox sandbox = Sandbox.builder()
                .seed(seed)
                .sender(AppMain.SENDER, 100_000)
                .handsets(HandsetProfile.allDelivered())
                .delays(Delays.realistic().times(0.05))
                .start();
        sandbox.inboundWebhook(AppMain.SENDER, INBOUND);
        return sandbox;
    }
}
