package io.tidings.outbox;

import io.tidings.audit.AuditLog;
import io.tidings.audit.AuditSettings;
import io.tidings.history.Attempt;
import io.tidings.history.AttemptStore.Merged;
import io.tidings.history.Observation;
import io.tidings.history.Observation.Source;
import io.tidings.message.AttemptId;
import io.tidings.message.AttemptStatus;
import io.tidings.message.Money;
import io.tidings.message.TenantId;
import io.tidings.outbox.QueueRow.State;
import io.tidings.provider.Outcome;
import io.tidings.retry.RetryDecision;
import io.tidings.retry.RetryPolicy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Turns what is seen of an attempt into the state of its message: the one place where answers, callbacks and polls meet.
 *
 * <p>What was seen is always kept; whether it moves the message is guarded by the attempt's number, so a late worker can
 * add evidence but not undo what happened since. Any order and any repetition ends in the same state. Safe for use by
 * many threads.
 */
public final class Settler {
    private static final String TWIN_HAS_IT = "its message was counted for its twin";

    private final Stores stores;
    private final Tally tally;
    private final Counters counters;
    private final ShortWay shortWay;
    private final Policies policies;
    private final RetryPolicy retry;
    private final PollPlan polls;
    private final InstantSource time;
    private final RandomGenerator random;
    private final Consequences consequences;
    private final Verdicts verdicts;
    private final Conclusions conclusions;
    private final GroupCommit<Report> together = new GroupCommit<>(Report::attempt, this::reported);
    private volatile Runnable onChange = () -> {};
    private volatile ReportObserver observer = ReportObserver.none();

    /** Writes to these stores and decides by this policy. What the policy decides is recorded in their audit trail. */
    public Settler(Stores stores, RetryPolicy retry, PollPlan polls, InstantSource time, RandomGenerator random) {
        this(
                stores,
                retry,
                polls,
                time,
                random,
                new AuditLog(stores.transactions(), stores.audit(), AuditSettings.defaults(), time));
    }

    private Settler(
            Stores stores,
            RetryPolicy retry,
            PollPlan polls,
            InstantSource time,
            RandomGenerator random,
            AuditLog acts) {
        this.stores = stores;
        this.tally = new Tally(stores.attempts(), stores.doubts());
        this.counters = new Counters(stores);
        this.shortWay = new ShortWay(stores, counters, polls);
        this.policies = new Policies(retry);
        this.retry = retry;
        this.polls = polls;
        this.time = time;
        this.random = random;
        this.consequences = new Consequences(stores, polls);
        this.verdicts = new Verdicts(retry, tally, acts);
        this.conclusions = new Conclusions(stores, policies, consequences, random);
    }

    /** The same, before anything was settled, recording what the policy decides in this log. */
    public Settler recordingIn(AuditLog log) {
        return new Settler(stores, retry, polls, time, random, log);
    }

    /** What it decides by. */
    public RetryPolicy policy() {
        return retry;
    }

    /** Tells this one, instead of nobody, when a sender or an account should stand still. */
    public void onStandstill(Standstill listener) {
        consequences.onStandstill(listener);
    }

    /** Asks this, instead of nobody, how many attempts a tenant's messages get. Must be fast. */
    public void askForAttempts(Function<TenantId, Optional<Integer>> settings) {
        policies.ask(settings);
    }

    /** Runs this after each commit that may have changed a message; must be fast and must not throw. */
    public void onChange(Runnable listener) {
        onChange = listener;
    }

    /**
     * Tells this one, after each commit, what the provider charged for an attempt, or how much more than it had said before;
     * a price that went down is not taken back. Must be fast and must not throw.
     */
    public void onCharge(Consumer<Money> listener) {
        counters.onCharge(listener);
    }

    /** Puts this one, instead of nobody, around every report. */
    public void observedBy(ReportObserver one) {
        observer = one;
    }

    /** A message whose attempt was in the air, as it was begun, and what came of it. */
    public record Answered(QueueRow row, Outcome outcome) {
        AttemptId attempt() {
            return row.attempt();
        }
    }

    /** Settles the outcomes of many attempts, all or none. Joins the caller's transaction, or is one of its own. */
    public void outcomes(List<Answered> answered) {
        Instant now = time.instant();
        stores.transactions().execute(() -> {
            Set<AttemptId> settled = shortWay.answered(answered, now);
            stores.transactions().afterCommit(onChange);
            answered.stream()
                    .filter(one -> !settled.contains(one.attempt()))
                    .forEach(one -> outcome(one.attempt(), one.outcome()));
        });
    }

    /** Settles the outcome of an attempt. Joins the caller's transaction, or is one of its own. */
    public void outcome(AttemptId attempt, Outcome outcome) {
        Instant now = time.instant();
        stores.transactions().execute(() -> {
            Optional<Merged> merged = observe(attempt, outcome.match(new Seen(now)));
            stores.transactions().afterCommit(onChange);
            if (merged.isPresent() && merged.get().after().status().isUnprocessed()) {
                stores.budgets().release(attempt);
            }
            merged.ifPresent(m -> {
                answered(m, outcome, now);
                if (!m.after().id().equals(attempt)) {
                    Outcome unknown = new Outcome.Uncertain(TWIN_HAS_IT, 0);
                    observe(attempt, unknown.match(new Seen(now))).ifPresent(own -> answered(own, unknown, now));
                }
            });
        });
    }

    private Optional<Merged> observe(AttemptId attempt, Observation seen) {
        Optional<Merged> merged = stores.attempts().observe(attempt, seen);
        merged.ifPresent(m -> {
            tally.merged(m, seen.source(), seen.at());
            counters.charged(m.after().id(), seen);
        });
        return merged;
    }

    /** The provider says what an attempt cost. Joins the caller's transaction, or is one of its own. */
    public void charged(AttemptId attempt, Money price) {
        stores.budgets().settle(attempt, price);
    }

    private void answered(Merged merged, Outcome outcome, Instant now) {
        Attempt attempt = merged.after();
        Optional<QueueRow> open = stores.outbox()
                .find(attempt.id().message())
                .filter(row -> row.state() != State.QUEUED && Conclusions.isNewest(attempt, row.tries()));
        if (open.isPresent()) {
            settle(open.get(), attempt, outcome, now);
        } else if (merged.changed() && attempt.status().isProviderFact()) {
            conclusions.reported(merged, now);
        } else if (merged.changed() && attempt.status() == AttemptStatus.UNCERTAIN) {
            consequences.doubt(attempt.id());
        }
    }

    private void settle(QueueRow row, Attempt attempt, Outcome outcome, Instant now) {
        boolean nothingKnownAfterAll = row.state() == State.UNCERTAIN && attempt.status() == AttemptStatus.UNCERTAIN;
        if (nothingKnownAfterAll) {
            return;
        }
        if (attempt.status().isProviderFact()) {
            conclusions.conclude(row, attempt, now);
        } else {
            conclusions.apply(
                    row,
                    policies.of(row.stored())
                            .afterOutcome(outcome, conclusions.tries(row.stored(), row.tries(), now), random),
                    now);
        }
    }

    /**
     * Holds the messages whose attempt was begun by a node that is gone: they may have been sent. Returns how many.
     */
    public int recover(int limit) {
        Instant now = time.instant();
        return stores.transactions().run(() -> {
            List<QueueRow> held = stores.work().recover(limit);
            held.forEach(row -> {
                consequences.doubt(row.attempt());
                observe(row.attempt(), lostNode(now));
            });
            return held.size();
        });
    }

    /**
     * Doubts an attempt whose message left the queue by another one while it was in the air, and whose node has not told
     * what became of it for longer than any request takes. Joins the caller's transaction.
     */
    public void doubtBeside(AttemptId attempt) {
        observe(attempt, lostNode(time.instant()));
    }

    private static Observation lostNode(Instant now) {
        return new Observation(
                AttemptStatus.UNCERTAIN, null, 0, "the node that sent it is gone", Source.RECOVERY, now, Map.of());
    }

    /**
     * Lets the policy of the category decide about an attempt whose outcome is unknown at its horizon. Returns false, and
     * does nothing, if it is not unknown any more. Joins the caller's transaction, or is one of its own.
     *
     * @param listed whether the provider's list could be read; goes into the explanation
     */
    public boolean decideWithoutEvidence(AttemptId attempt, boolean listed) {
        Instant now = time.instant();
        return stores.transactions().run(() -> {
            Optional<QueueRow> held = stores.outbox()
                    .find(attempt.message())
                    .filter(row ->
                            row.state() == State.UNCERTAIN && row.attempt().equals(attempt));
            held.ifPresent(row -> {
                boolean resentBefore = stores.attempts().attempts(attempt.message()).stream()
                        .anyMatch(other ->
                                other.id().number() < attempt.number() && other.status() == AttemptStatus.UNCERTAIN);
                RetryDecision decision = policies.of(row.stored())
                        .atHorizon(conclusions.tries(row.stored(), row.tries(), now), resentBefore, listed);
                conclusions.apply(row, decision, now);
                verdicts.record(row, decision, now);
                stores.transactions().afterCommit(onChange);
            });
            return held.isPresent();
        });
    }

    /**
     * Merges what the provider reported about an attempt. Returns false if there is no such attempt; then nothing was
     * stored. Joins the caller's transaction, or is one of its own.
     */
    public boolean report(AttemptId attempt, Observation seen) {
        Report report = new Report(attempt, seen);
        return observer.observe(attempt, seen, () -> merge(report));
    }

    /**
     * The same outside of any transaction: what many threads bring at the same time is kept by one of them in one
     * transaction, as far as it is what mostly happens, and each waits until what it brought is committed. What one brings
     * never keeps another's from being stored.
     */
    public boolean reportTogether(AttemptId attempt, Observation seen) {
        Report report = new Report(attempt, seen);
        return observer.observe(
                attempt, seen, () -> (shortWay.isFor(report) && together.commit(report)) || merge(report));
    }

    /** What was seen of an attempt. */
    record Report(AttemptId attempt, Observation seen) {}

    private List<Boolean> reported(List<Report> reports) {
        return stores.transactions().run(() -> {
            stores.transactions().afterCommit(onChange);
            return shortWay.reported(reports);
        });
    }

    private boolean merge(Report report) {
        return stores.transactions().run(() -> {
            if (reported(List.of(report)).get(0)) {
                return true;
            }
            Optional<Merged> merged = observe(report.attempt(), report.seen());
            merged.filter(Merged::changed)
                    .ifPresent(m -> conclusions.reported(m, report.seen().at()));
            return merged.isPresent();
        });
    }
}
