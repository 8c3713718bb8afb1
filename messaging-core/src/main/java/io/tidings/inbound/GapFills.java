package io.tidings.inbound;

import io.tidings.message.AccountId;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gaps of all accounts. Sending through an account waits for its own first fetch; handlers wait for the first fetches of
 * the accounts that were there at the start, so that a STOP that was missed comes first. An account whose credentials are
 * refused keeps nobody waiting: it cannot be fetched from, and nothing leaves through it.
 *
 * <p>The house's is fetched by whoever looks, the others beside it, so that one that hangs delays no other's messages.
 */
final class GapFills {
    private static final Logger log = LoggerFactory.getLogger(GapFills.class);

    private static final long LOOK_EVERY = TimeUnit.SECONDS.toNanos(1);

    private final InboundSetup setup;
    private final Consents consents;
    private final Consumer<AccountId> released;
    private final Runnable hint;
    private final Map<AccountId, Gap> all = new ConcurrentHashMap<>();
    private volatile boolean begun;
    private volatile boolean waiting;

    GapFills(InboundSetup setup, Consents consents, Consumer<AccountId> released, Runnable hint) {
        this.setup = setup;
        this.consents = consents;
        this.released = released;
        this.hint = hint;
    }

    /** One account's. */
    private final class Gap {
        final AccountId account;
        final GapFill fill;
        final boolean first = !begun;
        final Instant patientUntil = setup.time().instant().plus(setup.gaps().patience());
        final AtomicBoolean busy = new AtomicBoolean();
        volatile boolean held;
        /** On the ticker; used by whoever looks at all. */
        long lookAt = setup.time().nanos();

        Gap(AccountInbox inbox) {
            account = inbox.account();
            fill = new GapFill(setup, inbox, consents);
            fill.open();
            held = fill.isUnfilled() && !setup.gaps().patience().isZero();
        }

        /** Whether its sending, and at a start all handlers, should wait. */
        boolean waits() {
            return held
                    && fill.isUnfilled()
                    && setup.time().instant().isBefore(patientUntil)
                    && !(fill.isRefused() && !account.equals(AccountId.DEFAULT));
        }

        void look() {
            try {
                fill.look();
            } catch (RuntimeException e) {
                log.warn(
                        "what people sent to account {} could not be looked for: {}",
                        account,
                        e.getClass().getName());
            } finally {
                busy.set(false);
            }
            if (held && !waits()) {
                hint.run();
            }
        }
    }

    /** Notes what is missing, before the first webhook of an account can hide it. Tells whether its sending should wait. */
    boolean open(AccountInbox inbox) {
        Gap gap = new Gap(inbox);
        if (all.putIfAbsent(inbox.account(), gap) != null) {
            throw new IllegalStateException("account " + inbox.account() + " is here already");
        }
        waiting |= gap.first && gap.waits();
        return gap.held;
    }

    /** Fetches where it is time to, the others' than the house's on that executor. Tells whether handlers should wait. */
    boolean look(Executor beside) {
        begun = true;
        for (Gap gap : all.values()) {
            if (gap.account.equals(AccountId.DEFAULT)) {
                gap.fill.look();
            } else if (gap.lookAt - setup.time().nanos() <= 0 && gap.busy.compareAndSet(false, true)) {
                gap.lookAt = setup.time().nanos() + LOOK_EVERY;
                start(gap, beside);
            }
        }
        boolean wait = false;
        for (Gap gap : all.values()) {
            boolean its = gap.waits();
            wait |= its && gap.first;
            if (!its && gap.held) {
                release(gap);
            }
        }
        waiting = wait;
        return wait;
    }

    private static void start(Gap gap, Executor beside) {
        try {
            beside.execute(gap::look);
        } catch (RejectedExecutionException e) {
            gap.busy.set(false);
        }
    }

    private void release(Gap gap) {
        if (gap.fill.isUnfilled()) {
            log.warn(
                    "sending through account {} begins although what people sent meanwhile could not be fetched: {}",
                    gap.account,
                    gap.fill.report());
        }
        gap.held = false;
        released.accept(gap.account);
    }

    /** Whether handlers wait. */
    boolean isWaiting() {
        return waiting;
    }

    void demand(Instant from) {
        all.values().forEach(gap -> gap.fill.demand(from));
    }

    /** How the newest fetch of an account went, or null if it is not known here. */
    @Nullable
    GapReport report(AccountId account) {
        Gap gap = all.get(account);
        return gap == null ? null : gap.fill.report();
    }
}
