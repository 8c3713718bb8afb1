package io.tidings.torture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import io.tidings.dispatch.LookPlan;
import io.tidings.dispatch.SenderRates;
import io.tidings.message.Category;
import io.tidings.message.OutboundMessage;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Sender;
import io.tidings.outbox.PollPlan;
import io.tidings.retry.RetryPolicy;
import io.tidings.sandbox.Hostility;
import io.tidings.throttle.Rate;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Sends, fails and receives without a pause. The stores of memory keep every message, so a run is made of rounds with a
 * system and a seed each: what a closed system leaves behind would add up.
 */
@ExtendWith(Scoreboard.Keeper.class)
class Row48SoakIT {
    private static final int THIRDS = 3;
    private static final long MEGABYTE = 1 << 20;

    /** What is left after one round, everything closed and collected. */
    private record Left(long heap, int threads, long files, int connections) {
        static Left measure(int connections) {
            for (int i = 0; i < 3; i++) {
                System.gc();
            }
            var memory = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
            int threads = settledThreads();
            long files = ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                    ? unix.getOpenFileDescriptorCount()
                    : 0;
            return new Left(memory.getUsed(), threads, files, connections);
        }
    }

    /** Threads that were told to end need a moment; those that stay are counted. */
    private static int settledThreads() {
        AtomicInteger least = new AtomicInteger(Integer.MAX_VALUE);
        AtomicInteger quiet = new AtomicInteger();
        Await.until(Duration.ofSeconds(15), () -> {
            int now = ManagementFactory.getThreadMXBean().getThreadCount();
            boolean fewer = now < least.getAndAccumulate(now, Math::min);
            return (fewer ? quiet.updateAndGet(calm -> 0) : quiet.incrementAndGet()) >= 500;
        });
        return least.get();
    }

    @Test
    void nothing_grows_while_it_sends_fails_and_receives(Scoreboard board) {
        Duration length = Scale.of(Duration.ofSeconds(20), Duration.ofMinutes(10));
        Duration round = Scale.of(Duration.ofSeconds(2), Duration.ofSeconds(20));
        long seed = Scale.seed();
        Scoreboard.Row row =
                board.row("48", "soak", seed).size("%d s, rounds of %d s", length.toSeconds(), round.toSeconds());
        List<Left> left = new ArrayList<>();
        int messages = 0;
        long end = System.nanoTime() + length.toNanos();
        messages += round(seed, round, left);
        left.clear();
        for (int rounds = 1; System.nanoTime() - end < 0 || left.size() < THIRDS; rounds++) {
            messages += round(seed + rounds, round, left);
        }
        row.figure("%d messages in %d rounds", messages, left.size());
        grows(row, "heap in MB", left, each -> each.heap() / MEGABYTE, 16);
        grows(row, "threads", left, Left::threads, 12);
        grows(row, "files", left, Left::files, 40);
        grows(row, "requests in flight at once", left, Left::connections, 40);
        row.passed();
    }

    /** Middle of the last third against the middle of the first: half as much again, and some to spare, is growth. */
    private static void grows(Scoreboard.Row row, String what, List<Left> left, ToLongFunction<Left> of, long spare) {
        int third = left.size() / THIRDS;
        long first = middle(left.subList(0, third), of);
        long last = middle(left.subList(left.size() - third, left.size()), of);
        row.figure("%s", String.format(Locale.ROOT, "%s %d then %d", what, first, last));
        assertThat(last)
                .as("%s at the end, %d at the beginning", what, first)
                .isLessThanOrEqualTo(first * 3 / 2 + spare);
    }

    private static long middle(List<Left> left, ToLongFunction<Left> of) {
        long[] sorted = left.stream().mapToLong(of).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private static int round(long seed, Duration length, List<Left> left) {
        int sent = 0;
        int connections;
        try (Scene scene = Scene.of(seed)
                .sandbox(settings -> settings.hostile(Hostility.hostile().scaledBy(0.02)))
                .twilio(settings -> settings.deadline(Duration.ofMillis(500)).connectTimeout(Duration.ofMillis(500)))
                .tidings(settings -> settings.retry(RetryPolicy.defaults().scaledBy(0.02))
                        .looks(LookPlan.standard().scaledBy(0.02))
                        .polls(PollPlan.besideCallbacks().scaledBy(0.02))
                        .rates(SenderRates.defaults().with(new Sender.ShortCode(Scene.SENDER), Rate.perSecond(200))))
                .start()) {
            long end = System.nanoTime() + length.toNanos();
            while (System.nanoTime() - end < 0) {
                Category category = sent % 2 == 0 ? Category.TRANSACTIONAL : Category.ALERT;
                String number = "+1202555%04d".formatted(sent % 200);
                scene.tidings.send(OutboundMessage.to(new PhoneNumber(number))
                        .category(category)
                        .text("Order " + sent++ + " is ready.")
                        .build());
                Await.pass(Duration.ofMillis(5));
            }
            connections = scene.wiretap.mostInFlight();
            carries(scene, sent / 10);
        }
        left.add(Left.measure(connections));
        return sent;
    }

    /** A round in which the account stood still must first go on again: it would prove nothing. */
    private static void carries(Scene scene, int least) {
        assertThat(Await.until(
                        Duration.ofSeconds(30),
                        () -> scene.sandbox.log().accepted().size() > least))
                .as("more than %d messages accepted", least)
                .isTrue();
    }
}
