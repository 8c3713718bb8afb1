package io.tidings.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.gate.Gates;
import io.tidings.history.Attempt;
import io.tidings.history.Observation;
import io.tidings.history.Resolution;
import io.tidings.message.AccountId;
import io.tidings.message.AttemptId;
import io.tidings.message.AttemptStatus;
import io.tidings.message.Category;
import io.tidings.message.MessageId;
import io.tidings.message.MessageIds;
import io.tidings.message.MessageStatus;
import io.tidings.outbox.Intake;
import io.tidings.outbox.Messages;
import io.tidings.outbox.OwnedSender;
import io.tidings.outbox.PollPlan;
import io.tidings.outbox.Preparation;
import io.tidings.outbox.QueueRow;
import io.tidings.outbox.SenderKey;
import io.tidings.outbox.Settler;
import io.tidings.outbox.Skip;
import io.tidings.outbox.Stores;
import io.tidings.price.PriceBook;
import io.tidings.provider.Accounts;
import io.tidings.provider.Outcome;
import io.tidings.provider.Submission;
import io.tidings.retry.CategoryRule;
import io.tidings.retry.RetryPolicy;
import io.tidings.retry.UncertainPolicy;
import io.tidings.template.TemplateStore;
import io.tidings.template.Templates;
import io.tidings.test.SteppableTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Row 49: every interleaving of claim, send, answer, callback, crash, recovery, look and horizon for two equal messages
 * to one number, over the real settler, resolver and stores. A state is reached by replaying its steps.
 */
class Row49ModelTest {
    private static final boolean FULL = "full".equals(System.getProperty("tidings.torture"));
    private static final int NODES = FULL ? 3 : 2;
    private static final int CRASHES = FULL ? 2 : 1;
    /** No path is longer. All interleavings up to here are explored; those without an end are the pure model's part. */
    private static final int STEPS = FULL ? 8 : 6;

    private static final int SLICES = FULL ? 4 : 3;
    private static final Duration SLICE = Duration.ofSeconds(61);
    private static final Duration LEASE = Duration.ofSeconds(60);

    private static final class World {
        final SteppableTime time = new SteppableTime();
        final Stores stores = Stores.inMemory(time);
        final Random random = new Random(7);
        final ScriptedProvider provider = new ScriptedProvider();
        final Gates gates = new Gates(List.of(), Duration.ofSeconds(1));
        final Settler settler;
        final Resolver resolver;
        final Messages messages = new Messages(stores, time);
        final List<MessageId> sent = new ArrayList<>();
        final Map<AttemptId, Integer> inFlight = new LinkedHashMap<>();
        final Map<AttemptId, Long> begunAt = new LinkedHashMap<>();
        final Map<AttemptId, String> taken = new LinkedHashMap<>();
        final Set<AttemptId> called = new TreeSet<>();
        final Set<Integer> dead = new TreeSet<>();
        int slices;

        World(Category category) {
            RetryPolicy retry = RetryPolicy.defaults()
                    .withRule(
                            Category.MARKETING,
                            CategoryRule.DEFAULT.withUncertain(UncertainPolicy.atMostOnce(Duration.ofSeconds(60))))
                    .withRule(
                            Category.ALERT,
                            CategoryRule.DEFAULT
                                    .withAttempts(2)
                                    .withUncertain(UncertainPolicy.atLeastOnce(Duration.ofSeconds(60))));
            settler = new Settler(stores, retry, PollPlan.besideCallbacks(), time, random);
            WorkerSetup setup = new WorkerSetup(
                    stores,
                    settler,
                    gates,
                    Map.of(AccountId.DEFAULT, provider),
                    null,
                    DispatchSettings.defaults(),
                    SenderRates.defaults(),
                    PollPlan.besideCallbacks(),
                    LookPlan.standard(),
                    time,
                    Runnable::run);
            resolver = new Resolver(
                    setup, new Questions(stores, account -> Optional.of(provider), Runnable::run, new Wakeup()));
            Preparation preparation = new Preparation(
                    new MessageIds(time, random),
                    Accounts.orHouse(),
                    Bench.SENDER,
                    new Templates(TemplateStore.inMemory()),
                    PriceBook.unknown());
            Intake intake = new Intake(stores, gates, preparation, time, () -> {});
            for (int i = 0; i < 2; i++) {
                sent.add(intake.take(
                                Bench.to(100).category(category).allowRepeat().build())
                        .id());
            }
        }

        /** What can happen next. */
        List<String> steps() {
            List<String> steps = new ArrayList<>();
            boolean waiting =
                    sent.stream().anyMatch(id -> messages.find(id).orElseThrow().status() == MessageStatus.QUEUED);
            for (int node = 0; node < NODES; node++) {
                if (!dead.contains(node)) {
                    if (waiting && owner(node)) {
                        steps.add("claim " + node);
                    }
                    if (dead.size() < CRASHES && inFlight.containsValue(node)) {
                        steps.add("crash " + node);
                    }
                }
            }
            List<AttemptId> begun = List.copyOf(begunAt.keySet());
            for (int i = 0; i < begun.size(); i++) {
                AttemptId attempt = begun.get(i);
                boolean young = time.nanos() - begunAt.get(attempt) < SLICE.toNanos();
                if (!taken.containsKey(attempt) && inFlight.containsKey(attempt) && young) {
                    steps.add("take " + i);
                }
                if (inFlight.containsKey(attempt) && !dead.contains(inFlight.get(attempt))) {
                    steps.add("answer " + i);
                    steps.add("lose " + i);
                }
                if (taken.containsKey(attempt) && !called.contains(attempt)) {
                    steps.add("call " + i);
                }
            }
            if (slices < SLICES) {
                steps.add("pass 0");
            }
            return steps;
        }

        void take(String step) {
            int which = Integer.parseInt(step.substring(step.indexOf(' ') + 1));
            switch (step.substring(0, step.indexOf(' '))) {
                case "claim" -> claim(which);
                case "crash" -> dead.add(which);
                case "take" -> create(attempt(which));
                case "answer" -> answer(attempt(which));
                case "lose" -> {
                    inFlight.remove(attempt(which));
                    settler.outcome(attempt(which), new Outcome.Uncertain("answer lost", 0));
                }
                case "call" -> callback(attempt(which));
                default -> pass();
            }
        }

        private AttemptId attempt(int which) {
            return List.copyOf(begunAt.keySet()).get(which);
        }

        private void claim(int node) {
            String name = "node-" + node;
            for (OwnedSender owned : stores.work().own(name, LEASE).senders()) {
                SenderKey sender = owned.sender();
                Intents intents =
                        new Intents(stores, gates, time, name, new SendChecks(null, Runnable::run, time, new Wakeup()));
                for (QueueRow row : intents.commit(stores.work().due(sender, 1, Skip.NONE))) {
                    assertThat(begunAt.put(row.attempt(), time.nanos())).isNull();
                    inFlight.put(row.attempt(), node);
                }
            }
        }

        private void create(AttemptId attempt) {
            String sid = "SM" + "%032x".formatted(taken.size() + 1);
            assertThat(taken.put(attempt, sid)).isNull();
            var message = messages.find(attempt.message()).orElseThrow().stored();
            provider.lists(
                    sid,
                    new Submission(
                            attempt,
                            message.sender(),
                            message.message().to(),
                            message.message().content(),
                            null,
                            null),
                    time.instant());
        }

        private void answer(AttemptId attempt) {
            inFlight.remove(attempt);
            String sid = taken.get(attempt);
            settler.outcome(
                    attempt,
                    sid == null ? new Outcome.Unsent("refused") : new Outcome.Accepted(sid, AttemptStatus.QUEUED));
        }

        private void callback(AttemptId attempt) {
            called.add(attempt);
            settler.report(
                    attempt,
                    new Observation(
                            AttemptStatus.SENT,
                            taken.get(attempt),
                            0,
                            null,
                            Observation.Source.CALLBACK,
                            time.instant(),
                            Map.of()));
        }

        /** Half a minute: requests time out, live nodes renew what they own, and one of them sweeps and looks. */
        private void pass() {
            slices++;
            time.forward(SLICE);
            for (AttemptId attempt : List.copyOf(inFlight.keySet())) {
                if (!dead.contains(inFlight.get(attempt))) {
                    inFlight.remove(attempt);
                    settler.outcome(attempt, new Outcome.Uncertain("timeout", 0));
                }
            }
            for (int node = 0; node < NODES; node++) {
                if (!dead.contains(node)) {
                    stores.work().own("node-" + node, LEASE);
                }
            }
            settler.recover(10);
            resolver.resolve();
            resolver.resolve();
        }

        /**
         * What the future depends on, equal for states that differ only in the names of nodes, of the two equal messages
         * and of the provider's ids. Times within it are absolute, so states of different slices never meet.
         */
        String fingerprint() {
            String one = fingerprint(sent);
            String other = fingerprint(List.of(sent.get(1), sent.get(0)));
            return one.compareTo(other) <= 0 ? one : other;
        }

        private String fingerprint(List<MessageId> order) {
            Map<String, String> takers = new HashMap<>();
            taken.forEach((attempt, sid) -> takers.put(sid, name(order, attempt)));
            StringBuilder state = new StringBuilder().append(slices);
            for (MessageId id : order) {
                state.append('|').append(stores.outbox().find(id).map(row -> row.state() + " " + row.notBefore()));
                state.append(messages.find(id).orElseThrow().status());
                for (Attempt attempt : stores.attempts().attempts(id)) {
                    state.append('/').append(attempt.status()).append(attempt.changedAt());
                    state.append(attempt.sid() == null ? "" : takers.get(attempt.sid()));
                    state.append(attempt.startedAt()).append(taken.containsKey(attempt.id()));
                    state.append(called.contains(attempt.id())).append(attempt.conflict());
                }
            }
            List<String> nodes = new ArrayList<>();
            for (int node = 0; node < NODES; node++) {
                nodes.add(dead.contains(node) + " " + owner(node) + inFlightAt(node, order));
            }
            Collections.sort(nodes);
            return state.append(nodes)
                    .append(stores.doubts().counts())
                    .append(stores.doubts().nextLook())
                    .toString();
        }

        private Set<String> inFlightAt(int node, List<MessageId> order) {
            Set<String> names = new TreeSet<>();
            inFlight.forEach((attempt, at) -> {
                if (at == node) {
                    names.add(name(order, attempt));
                }
            });
            return names;
        }

        private static String name(List<MessageId> order, AttemptId attempt) {
            return order.indexOf(attempt.message()) + "." + attempt.number();
        }

        /** Whether the node owns a sender or could, asked in a transaction that leaves no trace. */
        private boolean owner(int node) {
            boolean[] owns = new boolean[1];
            try {
                stores.transactions().execute(() -> {
                    owns[0] =
                            !stores.work().own("node-" + node, LEASE).senders().isEmpty();
                    throw new IllegalStateException("undone");
                });
            } catch (IllegalStateException undone) {
                return owns[0];
            }
            return owns[0];
        }

        void check(Category category) {
            for (AttemptId attempt : taken.keySet()) {
                assertThat(stores.attempts().attempts(attempt.message()))
                        .extracting(Attempt::id)
                        .contains(attempt);
            }
            Map<String, AttemptId> owners = stores.attempts().owners(taken.values());
            assertThat(new HashSet<>(owners.values())).hasSameSizeAs(owners.values());
            if (category == Category.MARKETING) {
                assertThat(taken.size()).isLessThanOrEqualTo(2);
                for (MessageId id : sent) {
                    assertThat(taken.keySet().stream()
                                    .filter(attempt -> attempt.message().equals(id)))
                            .hasSizeLessThanOrEqualTo(1);
                }
            }
        }

        /** After the last slice nothing is unexplained, and the books say what the provider has. */
        void checkEnd() {
            if (!inFlight.isEmpty() && inFlight.values().stream().anyMatch(node -> !dead.contains(node))) {
                return;
            }
            long known = sent.stream()
                    .map(id -> messages.find(id).orElseThrow().status())
                    .filter(status -> status == MessageStatus.ACCEPTED || status == MessageStatus.SENT)
                    .count();
            boolean settled = sent.stream()
                    .allMatch(id -> messages.find(id).orElseThrow().status().isTerminal()
                            || stores.outbox().find(id).isEmpty());
            if (settled && stores.attempts().owners(taken.values()).size() == taken.size()) {
                long duplicates = stores.doubts().counts().getOrDefault(Resolution.DUPLICATE, 0L);
                assertThat(known + duplicates)
                        .as("known %d, duplicates %d", known, duplicates)
                        .isEqualTo(taken.size());
            }
        }
    }

    /** A state, how it is reached, and what can happen next. */
    private record Reached(String state, List<String> path, List<String> steps, boolean ends) {}

    private static Reached reach(Category category, List<String> path) {
        World world = new World(category);
        path.forEach(world::take);
        boolean ends = world.slices == SLICES;
        try {
            world.check(category);
            if (ends) {
                world.checkEnd();
            }
        } catch (AssertionError e) {
            throw new AssertionError("after " + path, e);
        }
        return new Reached(world.fingerprint(), path, world.steps(), ends);
    }

    private static Stream<List<String>> next(Reached from) {
        return from.steps().stream().map(step -> {
            List<String> path = new ArrayList<>(from.path());
            path.add(step);
            return path;
        });
    }

    /** Level by level: each state once, whatever the number of ways to it. */
    private static int explore(Category category) {
        Map<String, Reached> level = new HashMap<>();
        Reached start = reach(category, List.of());
        level.put(start.state(), start);
        Set<String> seen = new HashSet<>(level.keySet());
        int ends = 0;
        int transitions = 0;
        for (int depth = 0; !level.isEmpty() && depth < STEPS; depth++) {
            List<Reached> reached = level.values().parallelStream()
                    .flatMap(Row49ModelTest::next)
                    .map(path -> reach(category, path))
                    .toList();
            transitions += reached.size();
            level = new HashMap<>();
            for (Reached one : reached) {
                if (seen.add(one.state())) {
                    level.put(one.state(), one);
                    ends += one.ends() ? 1 : 0;
                }
            }
        }
        System.out.printf(
                "row 49: %s, %d nodes, %d crashes, paths of up to %d steps, %d states, %d transitions, %d ends%n",
                category, NODES, CRASHES, STEPS, seen.size(), transitions, ends);
        return seen.size();
    }

    @Test
    void at_most_once_holds_in_every_interleaving() {
        assertThat(explore(Category.MARKETING)).isGreaterThan(100);
    }

    @Test
    void at_least_once_counts_every_copy_in_every_interleaving() {
        assertThat(explore(Category.ALERT)).isGreaterThan(100);
    }
}
