package io.tidings.dispatch;

import io.tidings.audit.AuditLog;
import io.tidings.dispatch.Picker.Picked;
import io.tidings.dispatch.Wire.Done;
import io.tidings.message.AccountId;
import io.tidings.message.MessageId;
import io.tidings.message.StoreUnavailableException;
import io.tidings.message.TimeSource;
import io.tidings.message.WordlessTrace;
import io.tidings.outbox.OwnedSender;
import io.tidings.outbox.QueueRow;
import io.tidings.outbox.SenderKey;
import io.tidings.outbox.Settler;
import io.tidings.outbox.Stores;
import io.tidings.provider.AccountCheck;
import io.tidings.provider.Outcome;
import io.tidings.provider.Provider;
import io.tidings.throttle.Limit;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one worker loop of a node: own senders, pass gates, take permits, commit the intent, send, settle.
 *
 * <p>A {@link Worker} runs it; tests call {@link #tick} themselves. One thread at a time, see {@link Crew}. Everything it does to
 * the store is a short transaction, and none is open while a request is in the air.
 */
final class Dispatcher {
    private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);
    private static final long OWN_AT_MOST_EVERY = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long AFTER_FAILED_COMMIT = TimeUnit.SECONDS.toNanos(1);
    private static final int SWEEP = 100;

    private final Stores stores;
    private final Settler settler;
    private final DispatchSettings settings;
    private final TimeSource time;
    private final Lines lines;
    private final Executor executor;
    private final Wakeup wakeup;
    private final Intents intents;
    private final Picker picker;
    private final SendChecks checks;
    private final Questions questions;
    private final Looks looks;
    private final OwnSenders senders;
    private final LostCommits lostCommits;
    private final Calm calm;
    private volatile SenderRates rates;
    private volatile Quotas quotas;
    private final Holds holds = new Holds();
    private final Restoration restoration;
    /** Used by whoever has the turn, as all below. */
    private final UnrecordedOutcomes outcomes;

    private long ownedAt;
    private long sweptAt;
    /** Whether this turn settled or began something. */
    private boolean moved;
    /** Whether the last turn ended with nothing to wait for but the store. */
    private boolean quiet;

    Dispatcher(String node, WorkerSetup setup, Executor executor, Wakeup wakeup, Crew crew) {
        this.executor = executor;
        this.wakeup = wakeup;
        this.stores = setup.stores();
        this.settler = setup.settler();
        this.settings = setup.settings();
        this.time = setup.time();
        this.rates = setup.rates();
        this.quotas = new Quotas(rates, stores.limits(), time);
        this.lines = new Lines(node, setup, crew);
        this.restoration = new Restoration(setup, holds);
        this.questions = new Questions(stores, this::running, executor, wakeup);
        this.looks = new Looks(new Resolver(setup, questions), new StatusPoller(setup, questions), time);
        this.checks = new SendChecks(setup.gates().check().orElse(null), executor, time, wakeup);
        this.intents = new Intents(stores, setup.gates(), time, node, checks);
        this.picker = new Picker(stores.work(), checks);
        this.senders = new OwnSenders(node, stores.work(), this::newPace);
        this.outcomes = new UnrecordedOutcomes(settler, executor, wakeup::hint);
        this.lostCommits = new LostCommits(
                node, stores, settler, time, settings.pollInterval().toNanos());
        this.calm = new Calm(node, stores.lookout(), settings, time);
        this.ownedAt = time.nanos() - settings.lease().toNanos();
        this.sweptAt = time.nanos();
        settler.onStandstill(new Brakes(senders, lines));
    }

    /** Sends through one more account from now on. Any thread. */
    void carry(AccountId account, Provider provider, Duration hold) {
        Line line = lines.line(account, provider);
        line.state().hold(hold);
        restoration.check(line);
        lines.add(line);
        wakeup.hint();
    }

    /** Does what can be done now. Returns nanoseconds after which it is worth calling again without a hint. */
    long tick() {
        moved = false;
        quiet = false;
        settle();
        lostCommits.settle();
        long ownAgain = own();
        long again = Math.min(settings.pollInterval().toNanos(), ownAgain);
        again = Math.min(again, lines.renewSlots(senders::keys));
        sweep();
        intents.stop(checks.stopped());
        boolean busy = false;
        again = Math.min(again, restoration.step(questions));
        long held = lines.longestHold();
        again = held > 0 ? Math.min(again, held) : again;
        boolean closed = holds.reason().isPresent();
        for (OwnedSender sender : closed ? List.<OwnedSender>of() : senders.turns()) {
            long wait = serve(sender);
            busy |= wait < Long.MAX_VALUE;
            again = Math.min(again, wait);
        }
        for (Line line : lines.all()) {
            again = Math.min(again, probe(line));
        }
        again = Math.min(again, looks.look(moved));
        again = busy ? again : Math.min(again, nextDue());
        quiet = !busy && !moved && held <= 0 && ownAgain == Long.MAX_VALUE && waitsForTheStoreAlone();
        calm.broken(ownedAt, lines.slotsAskedAt());
        return Math.max(0, Math.min(again, checks.nanosUntilLate()));
    }

    /** A turn without a hint: most often one look shows that there is nothing to do. Returns what {@link #tick} does. */
    long look() {
        long rest = quiet ? calm.look(senders.others(), !senders.keys().isEmpty()) : 0;
        return rest > 0 ? rest : tick();
    }

    /** Whether the next turns would find nothing for this time, if nobody else works on the same tables. */
    boolean isCalmFor(Duration span) {
        return lines.longestHold() <= 0 && waitsForTheStoreAlone() && calm.lasts(span, senders.others());
    }

    private boolean waitsForTheStoreAlone() {
        return isAtRest() && lostCommits.isEmpty() && senders.areSettled() && restoration.isOver() && lines.areCalm();
    }

    Calm calm() {
        return calm;
    }

    /** Of the senders whose next message needs no answer first: an answer that frees a slot is a hint anyway. */
    private long nextDue() {
        Set<SenderKey> free = new HashSet<>();
        for (SenderKey sender : senders.keys()) {
            Line line = lines.find(sender.account());
            if (line == null || line.state().window().hasRoom()) {
                free.add(sender);
            }
        }
        return free.isEmpty()
                ? Long.MAX_VALUE
                : stores.work().nextDue(free).map(Duration::toNanos).orElse(Long.MAX_VALUE);
    }

    /** Records what came back. Only then a slot is free again: never is more in doubt after a crash than there are slots. */
    private void settle() {
        for (Line line : lines.all()) {
            for (Done done = line.wire().poll();
                    done != null;
                    done = line.wire().poll()) {
                line.state().observe(done.outcome());
                SenderPace pace = senders.known(SenderKey.of(done.row().stored()));
                if (pace != null && done.outcome() instanceof Outcome.Accepted) {
                    pace.accepted();
                }
                outcomes.add(done);
            }
        }
        moved |= !outcomes.isEmpty();
        for (Done done : outcomes.record()) {
            lines.get(done.row().stored().account()).state().window().release();
            senders.ended(done.row());
        }
    }

    /** Returns when it is worth looking for senders again: soon, if this look was left out because of the last one. */
    private long own() {
        long now = time.nanos();
        long left = ownedAt + OWN_AT_MOST_EVERY - now;
        if (left > 0) {
            return left;
        }
        try {
            senders.renew(settings.lease());
            ownedAt = now;
            senders.handOver();
        } catch (StoreUnavailableException e) {
            log.warn("the senders could not be renewed: {}", e.getMessage());
        }
        return Long.MAX_VALUE;
    }

    private void sweep() {
        if (time.nanos() - sweptAt >= settings.pollInterval().toNanos()) {
            sweptAt = time.nanos();
            int held = settler.recover(SWEEP);
            if (held > 0) {
                log.warn("{} messages of a node that is gone may have been sent; they are held", held);
            }
        }
    }

    /** Sends what one sender may send now. Returns when it is worth coming back. */
    private long serve(OwnedSender taken) {
        SenderKey sender = taken.sender();
        Line line = lines.forSending(sender.account());
        if (line == null || !line.state().isRunning() || outcomes.isRefused()) {
            return Long.MAX_VALUE;
        }
        if (line.state().nanosHeld() > 0 || holds.reason(sender.account()).isPresent()) {
            return Long.MAX_VALUE;
        }
        long latestStart =
                ownedAt + settings.lease().minus(settings.neededLease()).toNanos();
        if (time.nanos() - latestStart > 0) {
            return Long.MAX_VALUE;
        }
        SenderPace pace = senders.pace(taken);
        Picked picked = picker.pick(sender, pace, quotas, line.state().window());
        if (picked.rows().isEmpty()) {
            return picked.again();
        }
        List<QueueRow> begun;
        try {
            begun = intents.commit(picked.rows());
        } catch (RuntimeException e) {
            log.warn(
                    "{} attempts could not be committed, nothing was sent: {}",
                    picked.rows().size(),
                    e.getClass().getName(),
                    WordlessTrace.of(e));
            lostCommits.add(picked.rows());
            giveBack(picked.rows(), List.of(), pace, line);
            return AFTER_FAILED_COMMIT;
        }
        lostCommits.begun(begun);
        giveBack(picked.rows(), begun, pace, line);
        senders.began(begun);
        moved |= !begun.isEmpty();
        begun.forEach(row -> line.wire().send(row, latestStart));
        return begun.size() < picked.rows().size() ? 0 : picked.again();
    }

    private void giveBack(List<QueueRow> picked, List<QueueRow> begun, SenderPace pace, Line line) {
        int unused = picked.size() - begun.size();
        if (unused > 0) {
            line.state().window().release(unused);
            pace.release(segments(picked) - segments(begun));
            Set<MessageId> used = begun.stream().map(row -> row.stored().id()).collect(Collectors.toSet());
            picked.stream().filter(row -> !used.contains(row.stored().id())).forEach(quotas::release);
        }
    }

    private static int segments(List<QueueRow> rows) {
        return rows.stream().mapToInt(row -> row.stored().segments()).sum();
    }

    private SenderPace newPace(OwnedSender taken) {
        return new SenderPace(taken, limitOf(taken.sender()), settings.shares(), time);
    }

    private long probe(Line line) {
        AccountState state = line.state();
        if (state.takeProbe()) {
            try {
                executor.execute(() -> {
                    state.checked(check(line.provider()));
                    wakeup.hint();
                });
            } catch (RejectedExecutionException e) {
                state.checked(new AccountCheck(AccountCheck.State.UNREACHABLE, "the executor is shut down"));
            }
        }
        return state.nanosUntilProbe();
    }

    /** A check that throws, even something undeclared from Kotlin, must not be the last one. */
    private static AccountCheck check(Provider provider) {
        try {
            return provider.check();
        } catch (Throwable e) {
            return new AccountCheck(
                    AccountCheck.State.UNREACHABLE,
                    "the check failed with " + e.getClass().getName());
        }
    }

    /** Puts other rates in force, for new senders and for those at work. Any thread. */
    void changeRates(SenderRates changed) {
        rates = changed;
        quotas = new Quotas(changed, stores.limits(), time);
        senders.forEachPace(pace -> pace.getValue().change(limitOf(pace.getKey())));
    }

    void recordIn(AuditLog acts) {
        lines.recordIn(acts);
        restoration.recordIn(acts);
    }

    private Limit limitOf(SenderKey key) {
        return rates.of(key.sender());
    }

    private Optional<Provider> running(AccountId account) {
        return Optional.ofNullable(lines.find(account))
                .filter(line -> line.state().isRunning())
                .map(Line::provider);
    }

    /** What an account sends through. */
    Line line(AccountId account) {
        return lines.get(account);
    }

    int accounts() {
        return lines.all().size();
    }

    StatusPoller poller() {
        return looks.poller();
    }

    /** Whether nothing is in flight and every outcome is recorded. */
    boolean isIdle() {
        return outcomes.isEmpty() && lines.areIdle();
    }

    /** Whether it is also waiting for nobody: no host's check, no question to a provider, no look that was left out. */
    boolean isAtRest() {
        return isIdle() && checks.isIdle() && questions.isIdle() && !looks.isOwed();
    }

    /** Why nothing may leave this node. */
    Holds holds() {
        return holds;
    }

    /** Before the first tick: nothing leaves until what waits was compared with what each provider has sent. */
    void reconcile(RestoreCheck check) {
        restoration.check(check, lines.all());
    }

    /** Records what is still coming back, without sending anything new. */
    void drain() {
        settle();
        lostCommits.settle();
    }

    /** Gives the senders of this node back. */
    void disown() {
        senders.disown();
        lines.giveUpSlots();
    }
}
