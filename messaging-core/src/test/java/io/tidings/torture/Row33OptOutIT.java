package io.tidings.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.consent.InboundText;
import io.tidings.dispatch.SenderRates;
import io.tidings.gate.ConsentState;
import io.tidings.gate.Decision;
import io.tidings.gate.Facts;
import io.tidings.gate.Gate;
import io.tidings.gate.GateRequest;
import io.tidings.gate.Stage;
import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import io.tidings.message.OutboundMessage;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Sender;
import io.tidings.message.TimeSource;
import io.tidings.message.UnitOfWork;
import io.tidings.outbox.PollPlan;
import io.tidings.outbox.Stores;
import io.tidings.throttle.Rate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * STOP against the dispatcher. The sender is a short code, whose keywords the sandbox leaves to us, so that nothing but
 * our own list keeps a message back; and the sandbox's log says what was accepted.
 */
@ExtendWith(Scoreboard.Keeper.class)
class Row33OptOutIT {
    private static final int THREADS = 8;
    private static final Sender SENDER = new Sender.ShortCode(Scene.SENDER);

    @Test
    void nothing_is_sent_whose_intent_began_after_the_commit_of_STOP_returned(Scoreboard board) throws Exception {
        int races = Scale.of(4_000, 100_000);
        long seed = Scale.seed();
        Scoreboard.Row row = board.row("33", "opt-out against dispatch", seed).size("%d races", races);

        Races result = race(seed, races, facts -> facts);
        row.figure("%s", result.figures());

        assertThat(result.violations()).isZero();
        assertThat(result.sentTwice()).isZero();
        assertThat(result.refusedAfterwards()).isEqualTo(result.sentAfterwards());
        assertThat(result.won()).as("STOPs that kept the message back").isGreaterThan(races / 50);
        assertThat(result.lost()).as("messages that were faster").isGreaterThan(races / 50);
        row.passed();
    }

    @Test
    void a_dispatcher_that_does_not_look_would_be_found_out(Scoreboard board) throws Exception {
        long seed = Scale.seed();
        Scoreboard.Row row = board.row("33x", "opt-out, blind on purpose", seed).size("%d races", 200);

        Races result = race(
                seed,
                200,
                facts -> new Facts(ConsentState.SILENT, facts.sameTextAt(), facts.tenantBacklog(), facts.backlog()));
        row.figure("%s", result.figures());

        assertThat(result.violations()).isPositive();
        row.passed();
    }

    /** What came out of all races. */
    private record Races(int violations, int sentTwice, int won, int lost, int sentAfterwards, int refusedAfterwards) {
        String figures() {
            return "%d sent after STOP, %d STOPs won, %d messages were faster, %d of %d later ones refused"
                    .formatted(violations, won, lost, refusedAfterwards, sentAfterwards);
        }
    }

    private static Races race(long seed, int races, UnaryOperator<Facts> seen) throws Exception {
        Witness witness = new Witness();
        try (Scene scene = Scene.of(seed)
                .withoutCallbacks()
                .tidings(settings -> settings.stores(witness.over(Stores.inMemory(TimeSource.system()), seen))
                        .gate(witness)
                        .polls(new PollPlan(List.of()))
                        .rates(SenderRates.defaults().with(SENDER, Rate.perSecond(20_000))))
                .start()) {
            Runs runs = new Runs(scene, witness);
            runs.warmUp();
            runs.all(seed, races);
            assertThat(Await.until(Duration.ofMinutes(3), runs::isOver)).isTrue();
            return runs.result();
        }
    }

    /** Notes inside of each transaction when it began, and for each message the one that committed its attempt. */
    private static final class Witness implements Gate {
        private final ThreadLocal<Long> began = new ThreadLocal<>();
        private final Map<MessageId, Long> intents = new ConcurrentHashMap<>();

        Stores over(Stores s, UnaryOperator<Facts> seen) {
            UnitOfWork noted = new UnitOfWork() {
                @Override
                public <T> T run(Supplier<T> work) {
                    if (began.get() != null) {
                        return s.transactions().run(work);
                    }
                    try {
                        return s.transactions().run(() -> {
                            began.set(System.nanoTime());
                            return work.get();
                        });
                    } finally {
                        began.remove();
                    }
                }

                @Override
                public void afterCommit(Runnable hint) {
                    s.transactions().afterCommit(hint);
                }
            };
            return new Stores(
                    noted,
                    s.outbox(),
                    s.work(),
                    s.history(),
                    s.attempts(),
                    s.decisions(),
                    s.consent(),
                    questions -> s.facts().read(questions).stream().map(seen).toList(),
                    s.inbound(),
                    s.conversations());
        }

        @Override
        public String name() {
            return "witness";
        }

        @Override
        public Decision check(GateRequest request) {
            if (request.stage() == Stage.SEND) {
                intents.put(request.id(), began.get());
            }
            return new Decision.Pass("noted", Map.of());
        }

        @Nullable
        Long intent(MessageId id) {
            return intents.get(id);
        }
    }

    /** The people of the races, each with a message before STOP and some with one after it. */
    private static final class Runs {
        private final Scene scene;
        private final Witness witness;
        private final Map<String, Long> stopped = new ConcurrentHashMap<>();
        private final Map<String, MessageId> before = new ConcurrentHashMap<>();
        private final Map<String, MessageId> after = new ConcurrentHashMap<>();
        private final Set<MessageId> refused = ConcurrentHashMap.newKeySet();

        Runs(Scene scene, Witness witness) {
            this.scene = scene;
            this.witness = witness;
        }

        /** A bucket starts empty: only a filled one lets messages race at once. */
        void warmUp() {
            send(new PhoneNumber("+12029999999"), "ready?");
            Await.until(Duration.ofSeconds(20), this::isOver);
            Await.pass(Duration.ofSeconds(1));
        }

        void all(long seed, int races) throws Exception {
            ExecutorService pool = Executors.newFixedThreadPool(THREADS);
            try {
                List<Future<?>> running = new ArrayList<>();
                for (int thread = 0; thread < THREADS; thread++) {
                    int first = thread;
                    Random random = new Random(seed + thread);
                    running.add(pool.submit(() -> {
                        for (int person = first; person < races; person += THREADS) {
                            one(person, random);
                        }
                    }));
                }
                for (Future<?> each : running) {
                    each.get();
                }
            } finally {
                pool.shutdownNow();
            }
        }

        private void one(int person, Random random) {
            PhoneNumber number = new PhoneNumber("+1202%07d".formatted(2_000_000 + person));
            before.put(number.e164(), send(number, "A"));
            LockSupport.parkNanos((long) random.nextInt(3) * random.nextInt(4_000_000));
            scene.tidings
                    .consent()
                    .hear(InboundText.sms(
                            number,
                            SENDER,
                            "Stop",
                            "SM%032d".formatted(person),
                            TimeSource.system().instant()));
            stopped.put(number.e164(), System.nanoTime());
            if (random.nextInt(4) == 0) {
                after.put(number.e164(), send(number, "B"));
            }
        }

        private MessageId send(PhoneNumber to, String text) {
            OutboundMessage message = OutboundMessage.to(to).text(text).build();
            var receipt = scene.tidings.send(message);
            if (receipt.status() == MessageStatus.REFUSED) {
                refused.add(receipt.id());
            }
            return receipt.id();
        }

        boolean isOver() {
            Map<MessageStatus, Long> counts = scene.tidings.counts();
            return !counts.containsKey(MessageStatus.QUEUED) && !counts.containsKey(MessageStatus.SENDING);
        }

        Races result() {
            Map<String, Integer> accepted = new ConcurrentHashMap<>();
            scene.sandbox.log().accepted().forEach(each -> {
                var create = java.util.Objects.requireNonNull(each.create());
                accepted.merge(create.to() + create.body(), 1, Integer::sum);
            });
            int violations = 0;
            int lost = 0;
            for (Map.Entry<String, Long> each : stopped.entrySet()) {
                boolean first = accepted.containsKey(each.getKey() + "A");
                lost += first ? 1 : 0;
                violations += first && isLate(before.get(each.getKey()), each.getValue()) ? 1 : 0;
                boolean second = accepted.containsKey(each.getKey() + "B");
                violations += second && isLate(after.get(each.getKey()), each.getValue()) ? 1 : 0;
            }
            int twice =
                    (int) accepted.values().stream().filter(times -> times > 1).count();
            int later = (int) after.values().stream().filter(refused::contains).count();
            return new Races(violations, twice, stopped.size() - lost, lost, after.size(), later);
        }

        private boolean isLate(MessageId id, long stoppedAt) {
            Long intent = java.util.Objects.requireNonNull(witness.intent(id), "accepted without an intent");
            return intent - stoppedAt > 0;
        }
    }
}
