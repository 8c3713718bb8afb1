package io.tidings.spring.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.sandbox.Delays;
import io.tidings.sandbox.HandsetOutcome;
import io.tidings.sandbox.HandsetProfile;
import io.tidings.sandbox.Hostility;
import io.tidings.sandbox.Mishap;
import io.tidings.sandbox.Sandbox;
import io.tidings.sandbox.SandboxMessage;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Row 28 over HTTP: three of ten callbacks never come to the Tomcat, the others come twice now and then, and yet every message that
 * was asked for over the API is in the end what the provider knows it to be: it is asked.
 */
@ExtendWith(SharedServer.class)
class Row28LostCallbacksOverTomcatIT {
    private static final int MESSAGES = Size.of(200, 10_000);
    private static final Duration HORIZON = Duration.ofSeconds(2);
    private static final int BATCH = 500;
    private static final String UNREACHABLE = "+12025550113";
    private static final int CODE = 30006;
    private static final String FAILED = "undelivered " + CODE;

    @Test
    void every_message_is_right_although_three_of_ten_callbacks_are_lost(Database database) throws Exception {
        long seed = Size.seed();
        try (Board row = Board.row("28", "lost callbacks, over Tomcat", seed, MESSAGES + " messages");
                Sandbox sandbox = sandbox(seed);
                Host host = Host.start(
                        Settings.of(database.url(), sandbox).with("torture.horizon", HORIZON), sandbox, beans -> {})) {
            long began = System.nanoTime();
            for (int from = 0; from < MESSAGES; from += BATCH) {
                assertThat(host.api()
                                .post("/messages/batch", batch(from, Math.min(MESSAGES, from + BATCH)))
                                .status())
                        .isEqualTo(201);
            }
            Duration most = Duration.ofSeconds(30 + MESSAGES / 100);
            boolean right = Await.until(most, () -> isRight(database, sandbox));
            int lost = sandbox.log().dropped().size();
            int came = sandbox.log().callbacks().size();
            row.figure(
                    "%d callbacks lost, %d came, all right after %.1f s",
                    lost, came, (System.nanoTime() - began) / 1e9);
            assertThat(right).as(database.told()).isTrue();
            assertThat(truth(sandbox)).containsValue(FAILED);
            assertThat(lost).isGreaterThan((lost + came) / 5);
            assertThat(sandbox.log().callbacks())
                    .extracting(call -> call.reply().status())
                    .containsOnly(204);
            row.passed();
        }
    }

    private static Sandbox sandbox(long seed) {
        Sandbox sandbox = Sandbox.builder()
                .seed(seed)
                .sender(AppMain.SENDER, 100_000)
                .handsets(HandsetProfile.allDelivered())
                .delays(Delays.realistic().times(0.05))
                .hostile(Hostility.calm().with(Mishap.CALLBACK_DROPPED, 0.3).with(Mishap.CALLBACK_DUPLICATED, 0.1))
                .start();
        sandbox.handset(UNREACHABLE, new HandsetOutcome.Undelivered(CODE));
        return sandbox;
    }

    private static String batch(int from, int until) {
        return IntStream.range(from, until)
                .mapToObj(number -> "{\"to\":\"+1202555%04d\",\"text\":\"Parcel %d is on its way.\"}"
                        .formatted(100 + number % 100, number))
                .collect(Collectors.joining(",", "{\"messages\":[", "]}"));
    }

    private static boolean isRight(Database database, Sandbox sandbox) {
        Map<String, String> truth = truth(sandbox);
        return truth.size() == MESSAGES
                && Set.of("delivered 0", FAILED).containsAll(truth.values())
                && known(database).equals(truth);
    }

    /** How the application says that each message has ended, by the provider's names of them. */
    private static Map<String, String> known(Database database) {
        return database.rows("""
                        SELECT a.sid, m.status, a.error_code
                        FROM tidings_message m JOIN tidings_attempt a ON a.message = m.id WHERE a.sid IS NOT NULL""").stream()
                .collect(Collectors.toMap(
                        columns -> columns.get(0),
                        columns -> columns.get(1).toLowerCase(Locale.ROOT) + " " + columns.get(2)));
    }

    private static Map<String, String> truth(Sandbox sandbox) {
        return sandbox.messages().stream()
                .collect(
                        Collectors.toMap(SandboxMessage::sid, message -> message.status() + " " + message.errorCode()));
    }
}
