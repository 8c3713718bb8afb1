package io.tidings.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.consent.OptOutGate;
import io.tidings.gate.ExpiryGate;
import io.tidings.gate.Gates;
import io.tidings.history.Attempt;
import io.tidings.history.Observation;
import io.tidings.message.AccountId;
import io.tidings.message.AttemptId;
import io.tidings.message.AttemptStatus;
import io.tidings.message.Category;
import io.tidings.message.MessageId;
import io.tidings.message.MessageIds;
import io.tidings.message.MessageStatus;
import io.tidings.message.OutboundMessage;
import io.tidings.outbox.DeadLetters;
import io.tidings.outbox.Intake;
import io.tidings.outbox.MessageView;
import io.tidings.outbox.Messages;
import io.tidings.outbox.OwnedSender;
import io.tidings.outbox.PollPlan;
import io.tidings.outbox.Preparation;
import io.tidings.outbox.QueueRow;
import io.tidings.outbox.Settler;
import io.tidings.outbox.Skip;
import io.tidings.outbox.Stores;
import io.tidings.price.PriceBook;
import io.tidings.provider.Accounts;
import io.tidings.provider.Outcome;
import io.tidings.provider.Provider;
import io.tidings.retry.RetryPolicy;
import io.tidings.template.TemplateStore;
import io.tidings.template.Templates;
import io.tidings.test.SteppableTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Messages whose world does what a test says, step by step, and a witness beside them: it writes down what the system was
 * told of each attempt and judges every new attempt by that alone.
 */
final class MessageLife {
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final List<AttemptStatus> REPORTS = List.of(
            AttemptStatus.QUEUED,
            AttemptStatus.SENT,
            AttemptStatus.SENT,
            AttemptStatus.FAILED,
            AttemptStatus.UNDELIVERED,
            AttemptStatus.UNDELIVERED,
            AttemptStatus.DELIVERED,
            AttemptStatus.READ,
            AttemptStatus.CANCELED);

    enum Act {
        SEND,
        TICK,
        ANSWER,
        CALLBACK,
        SAME_CALLBACK,
        POLL,
        CANCEL,
        REPLAY,
        RESEND,
        TIME,
        NODE_LOSS
    }

    /** What happens, to which of those it can happen to, and how. */
    record Step(Act act, int which, int how) {}

    /** What the system was told of an attempt. */
    private static final class Told {
        private final Set<AttemptStatus> reports = new LinkedHashSet<>();
        private boolean unprocessed;
        private boolean unknown;

        boolean arrived() {
            return reports.contains(AttemptStatus.DELIVERED) || reports.contains(AttemptStatus.READ);
        }

        /** Whether it is proved that the provider does not deliver it, so that another attempt is no second copy. */
        boolean failed() {
            boolean failing = reports.contains(AttemptStatus.FAILED) || reports.contains(AttemptStatus.UNDELIVERED);
            return !arrived() && (failing || (reports.isEmpty() && unprocessed && !unknown));
        }

        /** The same, or somebody cancelled it at the provider: no copy, though no reason for another attempt either. */
        boolean ended() {
            return failed() || (!arrived() && reports.contains(AttemptStatus.CANCELED));
        }
    }

    private final SteppableTime time = new SteppableTime();
    private final Stores stores = Stores.inMemory(time);
    private final Random random = new Random(5);
    private final Settler settler =
            new Settler(stores, RetryPolicy.defaults(), PollPlan.besideCallbacks(), time, random);
    private final Messages messages = new Messages(stores, time);
    private final DeadLetters deadLetters = new DeadLetters(stores, time, () -> {});
    private final Gates gates = new Gates(List.of(new ExpiryGate(), new OptOutGate()), Duration.ofSeconds(30));
    private final ScriptedProvider provider = new ScriptedProvider();
    private final StatusPoller poller = new StatusPoller(
            new WorkerSetup(
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
                    Runnable::run),
            new Questions(stores, account -> Optional.of(scripted()), Runnable::run, new Wakeup()));
    private final Intake intake = new Intake(
            stores,
            gates,
            new Preparation(
                    new MessageIds(time, random),
                    Accounts.orHouse(),
                    Bench.SENDER,
                    new Templates(TemplateStore.inMemory()),
                    PriceBook.unknown()),
            time,
            () -> {});

    private final List<MessageId> sent = new ArrayList<>();
    private final Map<AttemptId, Told> told = new LinkedHashMap<>();
    private final List<AttemptId> inFlight = new ArrayList<>();
    private final Map<MessageId, MessageStatus> statuses = new HashMap<>();
    private final Map<MessageId, Integer> attempts = new HashMap<>();
    private Runnable lastCallback = () -> {};
    private int nodes;

    private Provider scripted() {
        return provider;
    }

    void take(Step step) {
        switch (step.act()) {
            case SEND -> send(step);
            case TICK -> tick(1 + step.which() % 3);
            case ANSWER -> answer(step);
            case CALLBACK -> callback(step);
            case SAME_CALLBACK -> lastCallback.run();
            case POLL -> poll(step);
            case CANCEL -> pick(sent, step).ifPresent(messages::cancel);
            case REPLAY -> pick(sent, step).ifPresent(deadLetters::replay);
            case RESEND ->
                pick(sent, step)
                        .filter(id -> messages.find(id).orElseThrow().status().isTerminal())
                        .filter(id -> sent.size() < 6)
                        .ifPresent(id -> sent.add(intake.resend(id).id()));
            case TIME -> time.forward(Duration.ofSeconds(1L << (step.how() % 16)));
            case NODE_LOSS -> loseNode();
        }
    }

    private static <T> Optional<T> pick(List<T> from, Step step) {
        return from.isEmpty() ? Optional.empty() : Optional.of(from.get(step.which() % from.size()));
    }

    private void send(Step step) {
        if (sent.size() >= 5) {
            return;
        }
        Category[] categories = Category.values();
        OutboundMessage.Builder message = Bench.to(sent.size()).category(categories[step.which() % categories.length]);
        if (step.how() % 4 == 0) {
            message.expiresAfter(Duration.ofHours(1));
        }
        if (step.how() % 3 == 0) {
            message.orderKey("talk");
        }
        sent.add(intake.take(message.build()).id());
    }

    private String node() {
        return "node-" + nodes;
    }

    private void tick(int most) {
        for (OwnedSender owned : stores.work().own(node(), LEASE).senders()) {
            Intents intents =
                    new Intents(stores, gates, time, node(), new SendChecks(null, Runnable::run, time, new Wakeup()));
            List<QueueRow> due = stores.work().due(owned.sender(), most, Skip.NONE);
            assertThat(due).hasSizeLessThanOrEqualTo(most);
            intents.commit(due).forEach(row -> submitted(row.attempt()));
        }
    }

    /** The judgement: this attempt may be made. */
    private void submitted(AttemptId attempt) {
        assertThat(told.put(attempt, new Told()))
                .as("%s is submitted once", attempt)
                .isNull();
        int before = attempts.getOrDefault(attempt.message(), 0);
        assertThat(attempt.number()).as("numbers go up by one").isEqualTo(before + 1);
        attempts.put(attempt.message(), attempt.number());
        for (int number = 1; number <= before; number++) {
            AttemptId earlier = new AttemptId(attempt.message(), number);
            Told witness = told.get(earlier);
            assertThat(number == before ? witness.failed() : witness.ended())
                    .as("%s is proved to have failed before %s", earlier, attempt)
                    .isTrue();
        }
        inFlight.add(attempt);
    }

    private void answer(Step step) {
        pick(inFlight, step).ifPresent(attempt -> {
            inFlight.remove(attempt);
            Told witness = told.get(attempt);
            Outcome outcome = outcome(step.how(), attempt);
            if (outcome instanceof Outcome.Accepted) {
                witness.reports.add(AttemptStatus.QUEUED);
            } else if (outcome instanceof Outcome.Uncertain) {
                witness.unknown = true;
            } else if (!(outcome instanceof Outcome.Rejected) && witness.unknown) {
                // What a lost node learned too late: kept, but not believed against "may have been sent".
                witness.unprocessed = false;
            } else {
                witness.unprocessed = true;
                witness.unknown = false;
            }
            settler.outcome(attempt, outcome);
        });
    }

    private static Outcome outcome(int how, AttemptId attempt) {
        return switch (how % 12) {
            case 0 -> new Outcome.Rejected(21211);
            case 1 -> new Outcome.Rejected(21606);
            case 2 -> new Outcome.Rejected(21611);
            case 3 -> new Outcome.Rejected(30008);
            case 4 -> new Outcome.Throttled(Duration.ofSeconds(3));
            case 5 -> new Outcome.Unsent("connection refused");
            case 6 -> new Outcome.Uncertain("answer lost", 0);
            default -> new Outcome.Accepted(sid(attempt), AttemptStatus.QUEUED);
        };
    }

    private static String sid(AttemptId attempt) {
        return "SM" + "%032x".formatted(attempt.hashCode());
    }

    private void callback(Step step) {
        pick(List.copyOf(told.keySet()), step).ifPresent(attempt -> {
            AttemptStatus status = REPORTS.get(step.how() % REPORTS.size());
            String sid = step.how() % 2 == 0 ? sid(attempt) : null;
            lastCallback = () -> report(attempt, status, sid, code(status, step.how()));
            lastCallback.run();
        });
    }

    private void report(AttemptId attempt, AttemptStatus status, String sid, int code) {
        told.get(attempt).reports.add(status);
        assertThat(settler.report(
                        attempt,
                        new Observation(
                                status, sid, code, null, Observation.Source.CALLBACK, time.instant(), Map.of())))
                .isTrue();
    }

    private static int code(AttemptStatus status, int how) {
        return switch (status) {
            case FAILED -> how % 2 == 0 ? 30008 : 30005;
            case UNDELIVERED -> how % 2 == 0 ? 30003 : 30007;
            default -> 0;
        };
    }

    private void poll(Step step) {
        AttemptStatus status = REPORTS.get(step.how() % REPORTS.size());
        stores.attempts().duePolls(8).forEach(poll -> {
            told.get(poll.attempt()).reports.add(status);
            provider.knows(poll.sid(), status, code(status, step.how()));
        });
        poller.poll();
    }

    /** The node stops answering; what it had in the air may still come back. */
    private void loseNode() {
        time.forward(LEASE.plusSeconds(1));
        nodes++;
        stores.work().own(node(), LEASE);
        inFlight.forEach(attempt -> stores.outbox()
                .find(attempt.message())
                .filter(row -> row.state() == QueueRow.State.SENDING)
                .filter(row -> row.attempt().equals(attempt))
                .ifPresent(row -> told.get(attempt).unknown = true));
        settler.recover(100);
        assertThat(stores.outbox().counts().sending()).isZero();
    }

    void check(Step step) {
        Map<MessageStatus, Long> counted = new EnumMap<>(MessageStatus.class);
        for (MessageId id : sent) {
            boolean queued = stores.outbox().find(id).isPresent();
            boolean left = stores.history().find(id).isPresent();
            assertThat(queued ^ left).as("%s is in exactly one place", id).isTrue();
            MessageView view = messages.find(id).orElseThrow();
            counted.merge(view.status(), 1L, Long::sum);
            assertThat(view.tries().attempts()).as("attempts of %s", id).isEqualTo(attempts.getOrDefault(id, 0));
            checkChange(step, view, statuses.put(id, view.status()));
        }
        assertThat(messages.counts()).as("counts after %s", step).isEqualTo(counted);
        stores.attempts()
                .duePolls(100)
                .forEach(poll -> assertThat(attempt(poll.attempt()).status().isTerminal())
                        .as("%s is asked about though its end is known", poll)
                        .isFalse());
    }

    private Attempt attempt(AttemptId id) {
        return stores.attempts().attempts(id.message()).get(id.number() - 1);
    }

    private void checkChange(Step step, MessageView view, MessageStatus before) {
        MessageStatus now = view.status();
        if (before == null || before == now || !before.isTerminal()) {
            return;
        }
        boolean arrived = now == MessageStatus.READ || now == MessageStatus.DELIVERED;
        boolean replayed = before == MessageStatus.DEAD && step.act() == Act.REPLAY && now == MessageStatus.QUEUED;
        boolean ours = before == MessageStatus.DEAD || before == MessageStatus.EXPIRED;
        Attempt newest = attempt(new AttemptId(view.id(), view.tries().attempts()));
        boolean hasItAfterAll = ours
                && (now == MessageStatus.ACCEPTED
                        || now == MessageStatus.SENT
                        || (now.isTerminal() && newest.status().isProviderFact()));
        boolean otherEnd = now.isTerminal() && newest.conflict();
        boolean failed = before == MessageStatus.FAILED || before == MessageStatus.UNDELIVERED;
        boolean outweighed = failed
                && stores.attempts().attempts(view.id()).stream()
                        .anyMatch(other -> other.lives() && !other.id().equals(newest.id()));
        assertThat(
                        switch (before) {
                            case READ -> false;
                            case DELIVERED -> now == MessageStatus.READ;
                            case REFUSED -> arrived;
                            default -> arrived || replayed || hasItAfterAll || otherEnd || outweighed;
                        })
                .as("%s: %s became %s", step, before, now)
                .isTrue();
    }
}
