package io.tidings.jdbc.torture;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.tidings.Tidings;
import io.tidings.history.Attempt;
import io.tidings.jdbc.JdbcStores;
import io.tidings.message.AttemptId;
import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import io.tidings.message.OutboundMessage;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Secret;
import io.tidings.message.Sender;
import io.tidings.outbox.PollPlan;
import io.tidings.provider.ForwardingProvider;
import io.tidings.provider.Outcome;
import io.tidings.provider.Submission;
import io.tidings.sandbox.Delays;
import io.tidings.sandbox.HandsetProfile;
import io.tidings.sandbox.Hostility;
import io.tidings.sandbox.Mishap;
import io.tidings.sandbox.Sandbox;
import io.tidings.webhook.LocalWebhooks;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Row 27: signed callbacks come at a steady pace while the database stops. Each is answered within a second, by 204 when it is
 * stored and by 503 when it cannot be; whether what was answered 503 comes again or not, every message is right in the end,
 * because the provider is asked for what did not come.
 */
@Tag("alone")
class Row27CallbackFloodIT {
    private static final Duration ANSWERED = Duration.ofMillis(500);
    private static final Duration LATE = Size.of(Duration.ofSeconds(15), Duration.ofSeconds(120));
    private static final int BATCH = 500;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void callbacks_are_kept_or_answered_503_at_once_while_the_database_is_away(boolean again) throws Exception {
        int perSecond = Size.of(100, 500);
        int seconds = Size.of(6, 60);
        Duration stop = Size.of(Duration.ofSeconds(2), Duration.ofSeconds(5));
        long seed = Size.seed();
        try (Board row = Board.row(
                        "27",
                        "callbacks while the database stops, " + (again ? "repeated" : "once"),
                        seed,
                        perSecond + "/s for " + seconds + " s, stop of " + stop.toSeconds() + " s");
                Server server = Server.start();
                Sandbox sandbox = sandbox(seed);
                LocalWebhooks webhooks = LocalWebhooks.on(0);
                HikariDataSource pool = server.pool(10);
                Called calls = new Called(sandbox);
                Tidings tidings = calls.tidings(pool, webhooks.url(), again)) {
            // As long as a pool waits that nobody has thought about.
            pool.setConnectionTimeout(Duration.ofSeconds(30).toMillis());
            webhooks.answer(tidings.webhooks().answeringWithin(ANSWERED));
            List<Flood.Callback> callbacks = accepted(tidings, calls, perSecond * seconds / 2);

            Flood flood = new Flood(callbacks, new Secret(sandbox.authToken()), perSecond, again);
            Thread fate = new Thread(() -> {
                Await.pass(Duration.ofSeconds(seconds).dividedBy(3));
                flood.stallBegins();
                server.crash();
                Await.pass(stop);
                server.resume();
                flood.stallEnds();
            });
            fate.start();
            Flood.Seen seen = flood.run();
            fate.join();
            boolean right = Await.until(Duration.ofSeconds(90), () -> areDelivered(tidings, callbacks.size()));

            row.figure("%s", seen);
            assertThat(seen.other()).isZero();
            assertThat(seen.unavailable()).isPositive();
            assertThat(seen.slowest()).isLessThan(Duration.ofMillis(Size.of(3_000, 1_500)));
            assertThat(right).as("%s", tidings.counts()).isTrue();
            row.passed();
        }
    }

    /** Everything is delivered at once, and no callback of its own comes through. */
    private static Sandbox sandbox(long seed) {
        return Sandbox.builder()
                .seed(seed)
                .sender(LocalTwilio.SENDER, 100_000)
                .handsets(HandsetProfile.allDelivered())
                .delays(Delays.none())
                .hostile(Hostility.calm().with(Mishap.CALLBACK_DROPPED, 1))
                .start();
    }

    /** Notes the address for callbacks of each attempt. */
    private static final class Called extends ForwardingProvider {
        private final Map<AttemptId, URI> addresses = new ConcurrentHashMap<>();
        private final Host host;

        Called(Sandbox sandbox) {
            this(new Host(sandbox.url(), sandbox.accountSid(), sandbox.authToken(), 2_000));
        }

        private Called(Host host) {
            super(host.provider());
            this.host = host;
        }

        /** The provider is asked when all callbacks were made, where they do not come again, and never where they do. */
        Tidings tidings(HikariDataSource pool, URI callbacks, boolean again) {
            return host.on(JdbcStores.on(pool).open(), this, callbacks)
                    .polls(new PollPlan(again ? List.of(Duration.ofHours(1)) : List.of(LATE, LATE)))
                    .start();
        }

        @Override
        public Outcome send(Submission submission) {
            addresses.put(submission.attempt(), Objects.requireNonNull(submission.callback()));
            return super.send(submission);
        }

        Flood.Callback of(Attempt attempt) {
            return new Flood.Callback(
                    Objects.requireNonNull(addresses.get(attempt.id())), Objects.requireNonNull(attempt.sid()));
        }
    }

    /** Sends so many, and waits until the provider has them, but for those that a busy machine lets answer too late. */
    private static List<Flood.Callback> accepted(Tidings tidings, Called calls, int count) {
        List<MessageId> ids = new ArrayList<>();
        for (int from = 0; from < count; from += BATCH) {
            List<OutboundMessage> batch = new ArrayList<>();
            for (int number = from; number < Math.min(count, from + BATCH); number++) {
                batch.add(OutboundMessage.to(new PhoneNumber("+1202555%04d".formatted(100 + number % 100)))
                        .from(new Sender.ShortCode(LocalTwilio.SENDER))
                        .text("Order " + number + " is ready.")
                        .build());
            }
            tidings.sendAll(batch).forEach(receipt -> ids.add(receipt.id()));
        }
        assertThat(Await.until(
                        Duration.ofMinutes(3),
                        () -> tidings.counts().getOrDefault(MessageStatus.QUEUED, 0L)
                                        + tidings.counts().getOrDefault(MessageStatus.SENDING, 0L)
                                == 0))
                .isTrue();
        return ids.stream()
                .map(id -> tidings.explain(id).orElseThrow().attempts().get(0).attempt())
                .filter(attempt -> attempt.sid() != null)
                .map(calls::of)
                .toList();
    }

    private static boolean areDelivered(Tidings tidings, int messages) {
        return tidings.counts().getOrDefault(MessageStatus.DELIVERED, 0L) >= messages;
    }
}
