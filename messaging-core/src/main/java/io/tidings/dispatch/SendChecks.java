package io.tidings.dispatch;

import io.tidings.gate.CheckRule;
import io.tidings.gate.Decision;
import io.tidings.gate.GateRecord;
import io.tidings.gate.SendCheck.Candidate;
import io.tidings.gate.Stage;
import io.tidings.history.StoredMessage;
import io.tidings.message.MessageId;
import io.tidings.message.OutboundMessage;
import io.tidings.message.PlainDuration;
import io.tidings.message.TimeSource;
import io.tidings.outbox.QueueRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the host's own check, on other threads, about messages that are due. The loop never waits for an answer: a message
 * is passed over until one is there. What throws, or is late, holds the message back.
 *
 * <p>Used by the loop alone; only the answers come from other threads.
 */
final class SendChecks {
    private static final Logger log = LoggerFactory.getLogger(SendChecks.class);
    /** Fewer than the threads of a worker, so that hung checks do not stop what needs none. */
    private static final int MOST_AT_ONCE = 32;

    private final @Nullable CheckRule rule;
    private final Executor executor;
    private final TimeSource time;
    private final Wakeup wakeup;
    private final Map<MessageId, Ask> asks = new HashMap<>();
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final AtomicInteger running = new AtomicInteger();
    private long nextToken;

    /** A question, and its answer once that is there. */
    private record Ask(
            QueueRow row, long token, long since, @Nullable GateRecord answer) {}

    private record Answer(MessageId message, long token, Decision decision) {}

    /** A message that the check does not let go. */
    record Stopped(QueueRow row, GateRecord record) {}

    SendChecks(@Nullable CheckRule rule, Executor executor, TimeSource time, Wakeup wakeup) {
        this.rule = rule;
        this.executor = executor;
        this.time = time;
        this.wakeup = wakeup;
    }

    /** Whether the message may go on now: nobody asks, or the answer is a pass and fresh. Else it is asked about. */
    boolean pass(QueueRow row) {
        if (rule == null || !rule.categories().contains(row.stored().message().category())) {
            return true;
        }
        if (!hasPassed(row)) {
            Ask known = asks.get(row.stored().id());
            if (known == null || known.answer() != null) {
                start(rule, row);
                receive();
            }
        }
        return hasPassed(row);
    }

    private boolean hasPassed(QueueRow row) {
        Ask ask = asks.get(row.stored().id());
        return ask != null
                && ask.answer() != null
                && ask.answer().decision() instanceof Decision.Pass
                && ask.row().tries().attempts() == row.tries().attempts()
                && rule != null
                && time.nanos() - ask.since() <= rule.freshFor().toNanos();
    }

    /** The pass that the message has, for the record. */
    @Nullable
    GateRecord record(QueueRow row) {
        Ask ask = asks.get(row.stored().id());
        return ask != null && hasPassed(row) ? ask.answer() : null;
    }

    private void start(CheckRule asked, QueueRow row) {
        if (running.get() >= MOST_AT_ONCE) {
            return;
        }
        long token = nextToken++;
        asks.put(row.stored().id(), new Ask(row, token, time.nanos(), null));
        running.incrementAndGet();
        try {
            executor.execute(() -> {
                Decision decision = ask(asked, row.stored());
                answers.add(new Answer(row.stored().id(), token, decision));
                running.decrementAndGet();
                wakeup.hint();
            });
        } catch (RejectedExecutionException e) {
            running.decrementAndGet();
            asks.remove(row.stored().id());
        }
    }

    /** Catches everything: a check that dies must not look like one that passed. */
    private Decision ask(CheckRule asked, StoredMessage stored) {
        OutboundMessage message = stored.message();
        try {
            return Objects.requireNonNull(
                    asked.check()
                            .check(new Candidate(
                                    stored.id(),
                                    message.tenant(),
                                    message.category(),
                                    message.channel(),
                                    message.to(),
                                    message.tags(),
                                    stored.acceptedAt())),
                    "the host's check returned no decision");
        } catch (Throwable e) {
            log.warn(
                    "the host's check failed with {}; message {} is held back",
                    e.getClass().getName(),
                    stored.id());
            return held(
                    asked,
                    "the host's check failed",
                    Map.of("error", e.getClass().getSimpleName()));
        }
    }

    private Decision held(CheckRule asked, String why, Map<String, String> values) {
        return new Decision.Delay(time.instant().plus(asked.holdFor()), why + ", so the message is held back", values);
    }

    private void receive() {
        for (Answer answer = answers.poll(); answer != null; answer = answers.poll()) {
            Ask ask = asks.get(answer.message());
            if (ask != null && ask.token() == answer.token()) {
                GateRecord record = new GateRecord(CheckRule.NAME, Stage.CHECK, answer.decision(), time.instant());
                asks.put(answer.message(), new Ask(ask.row(), ask.token(), time.nanos(), record));
            }
        }
    }

    /** The messages that were stopped or not answered about in time, each once; forgets what is stale. */
    List<Stopped> stopped() {
        if (rule == null) {
            return List.of();
        }
        receive();
        List<Stopped> stopped = new ArrayList<>();
        for (Iterator<Ask> all = asks.values().iterator(); all.hasNext(); ) {
            Ask ask = all.next();
            GateRecord answer = ask.answer() == null ? late(rule, ask) : ask.answer();
            boolean stale = time.nanos() - ask.since() > rule.freshFor().toNanos();
            if (answer != null && !(answer.decision() instanceof Decision.Pass)) {
                stopped.add(new Stopped(ask.row(), answer));
                all.remove();
            } else if (answer != null && stale) {
                all.remove();
            }
        }
        return stopped;
    }

    private @Nullable GateRecord late(CheckRule asked, Ask ask) {
        if (time.nanos() - ask.since() < asked.answerWithin().toNanos()) {
            return null;
        }
        log.warn(
                "the host's check did not answer about message {} within {}",
                ask.row().stored().id(),
                PlainDuration.of(asked.answerWithin()));
        Decision decision = held(
                asked,
                "the host's check did not answer in time",
                Map.of("answerWithin", PlainDuration.of(asked.answerWithin())));
        return new GateRecord(CheckRule.NAME, Stage.CHECK, decision, time.instant());
    }

    /** Nanoseconds until a question is late; {@link Long#MAX_VALUE} if none is open. */
    long nanosUntilLate() {
        if (rule == null) {
            return Long.MAX_VALUE;
        }
        Duration within = rule.answerWithin();
        return asks.values().stream()
                .filter(ask -> ask.answer() == null)
                .mapToLong(ask -> Math.max(0, ask.since() + within.toNanos() - time.nanos()))
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** Whether a check runs or an answer was not looked at. */
    boolean isIdle() {
        return running.get() == 0 && answers.isEmpty();
    }
}
