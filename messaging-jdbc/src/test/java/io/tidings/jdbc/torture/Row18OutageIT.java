package io.tidings.jdbc.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.sandbox.Delays;
import io.tidings.sandbox.HandsetProfile;
import io.tidings.sandbox.Hostility;
import io.tidings.sandbox.Mishap;
import io.tidings.sandbox.Sandbox;
import io.tidings.sandbox.SandboxBuilder;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Row 18 over a database: Twilio refuses connections, or answers with errors behind some of which there is a message, while
 * two nodes send. The breakers open, nothing is lost or dead, and the drain keeps to the limit of each sender.
 */
@Tag("alone")
class Row18OutageIT {
    private static final int PER_SECOND = 40;
    /** At the sandbox a second can hold what accrues while the way there varies, beside rate and burst: see row 16. */
    private static final int BOUND = PER_SECOND + PER_SECOND + PER_SECOND / 2;

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration TO_OPEN = Duration.ofSeconds(5);

    private enum Outage {
        REFUSED {
            @Override
            void begin(Sandbox sandbox) {
                sandbox.stopListening();
            }

            @Override
            void end(Sandbox sandbox) {
                sandbox.resumeListening();
            }
        },
        ERRORS {
            @Override
            void begin(Sandbox sandbox) {
                sandbox.hostile(Hostility.calm()
                        .with(Mishap.ERROR_BEFORE_ACCEPT, 0.5)
                        .with(Mishap.ERROR_AFTER_ACCEPT, 0.5)
                        .with(Mishap.READ_ERROR, 1));
            }

            @Override
            void end(Sandbox sandbox) {
                sandbox.hostile(Hostility.calm());
            }
        };

        abstract void begin(Sandbox sandbox);

        abstract void end(Sandbox sandbox);
    }

    @ParameterizedTest
    @EnumSource
    void an_outage_loses_nothing_and_the_drain_keeps_to_the_limit(Outage outage) {
        Duration time = Size.of(Duration.ofSeconds(5), Duration.ofMinutes(10));
        long seed = Size.seed();
        try (Board row = Board.row(
                        "18",
                        "Twilio away, 2 nodes, " + outage.name().toLowerCase(Locale.ROOT),
                        seed,
                        "outage of " + time.toSeconds() + " s");
                Server server = Server.start();
                Sandbox sandbox = sandbox(seed);
                Node one = new Node(server.pool(6), host(sandbox), builder -> builder);
                Node other = new Node(server.pool(6), host(sandbox), builder -> builder)) {
            Orders shop = new Orders(one.tidings);
            AtomicBoolean open = new AtomicBoolean(true);
            CompletableFuture<Void> selling = CompletableFuture.runAsync(() -> {
                while (open.get()) {
                    shop.send(1, Duration.ofMillis(25));
                }
            });
            Await.pass(Duration.ofSeconds(2));

            outage.begin(sandbox);
            long began = System.nanoTime();
            boolean opened = Await.until(TO_OPEN, () -> stands(one) || stands(other));
            long opening = (System.nanoTime() - began) / 1_000_000;
            Await.pass(time);
            boolean stood = stands(one) || stands(other);
            long waiting = one.tidings.lag().toMillis();
            outage.end(sandbox);
            Await.pass(SECOND);
            open.set(false);
            selling.join();
            boolean done = shop.areDone(Duration.ofSeconds(150));

            Orders.Verdict verdict = shop.verdict(sandbox.log());
            int most = LocalTwilio.SENDERS.stream()
                    .mapToInt(sender -> sandbox.log().densest(sender, SECOND))
                    .max()
                    .orElseThrow();
            row.figure("breaker after %d ms, longest wait %d ms", opening, waiting);
            row.figure("at most %d in 1 s of %d, %s", most, BOUND, verdict);
            assertThat(opened && stood).isTrue();
            assertThat(done).as("%s %s", one.tidings.counts(), verdict).isTrue();
            assertThat(verdict.holds()).as("%s", verdict).isTrue();
            assertThat(verdict.ends().givenUp()).isZero();
            assertThat(verdict.ends().delivered()).isEqualTo(verdict.sent());
            assertThat(most).isLessThanOrEqualTo(BOUND);
            row.passed();
        }
    }

    private static boolean stands(Node node) {
        return node.tidings.standstill().isPresent();
    }

    private static Host host(Sandbox sandbox) {
        return new Host(sandbox.url(), sandbox.accountSid(), sandbox.authToken(), PER_SECOND);
    }

    private static Sandbox sandbox(long seed) {
        SandboxBuilder settings = Sandbox.builder()
                .seed(seed)
                .handsets(HandsetProfile.allDelivered())
                .delays(Delays.none());
        LocalTwilio.SENDERS.forEach(sender -> settings.sender(sender, 100_000));
        return settings.start();
    }
}
