package io.tidings;

import io.tidings.account.TidingsSecret;
import io.tidings.audit.Action;
import io.tidings.audit.AuditLog;
import io.tidings.audit.AuditSettings;
import io.tidings.audit.AuditTrail;
import io.tidings.message.StoreUnavailableException;
import io.tidings.message.TimeSource;
import io.tidings.message.WordlessTrace;
import io.tidings.outbox.Stores;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Seals the audit trail from time to time, on a thread of its own, so that sending never waits for it. */
final class Auditing implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Auditing.class);
    /** A checkpoint is so much of its interval late at most. */
    private static final int LOOKS_PER_CHECKPOINT = 2;

    private final AuditTrail trail;
    private final AuditSettings settings;
    private final TimeSource time;
    private final long atLeastEvery;
    /** Used by the timer alone, on the ticker. */
    private long sealedAt;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "tidings-audit");
        thread.setDaemon(true);
        return thread;
    });
    private volatile @Nullable Future<?> sealing;

    Auditing(Stores stores, AuditLog acts, AuditSettings settings, TidingsSecret secret, TimeSource time) {
        this.trail = new AuditTrail(stores.audit(), stores.chain(), acts, settings, secret, time);
        this.settings = settings;
        this.time = time;
        this.atLeastEvery =
                settings.checkpointEvery().dividedBy(LOOKS_PER_CHECKPOINT).toNanos();
        this.sealedAt = time.nanos();
    }

    AuditTrail trail() {
        return trail;
    }

    /** Records the start, and seals from now on; while nothing is to be sealed, only as often as checkpoints need. */
    void start(Map<String, String> configuration, BooleanSupplier nothingIsDue) {
        AuditLog.Draft act = trail.log().act(Action.SYSTEM_STARTED);
        configuration.forEach(act::detail);
        guarded(act::record);
        long every = settings.sealEvery().toNanos();
        sealing = timer.scheduleWithFixedDelay(
                () -> guarded(() -> seal(nothingIsDue)), every, every, TimeUnit.NANOSECONDS);
    }

    private void seal(BooleanSupplier nothingIsDue) {
        long resting = time.nanos() - sealedAt;
        if (!nothingIsDue.getAsBoolean() || trail.isOwing() || resting >= atLeastEvery) {
            sealedAt = time.nanos();
            trail.seal();
        }
    }

    private static void guarded(Runnable work) {
        try {
            work.run();
        } catch (StoreUnavailableException e) {
            log.warn("the store is unavailable, the audit trail goes on later: {}", e.getMessage());
        } catch (RuntimeException e) {
            log.error("the audit trail failed and goes on later", WordlessTrace.of(e));
        }
    }

    /** Records the stop and seals the rest. */
    @Override
    public void close() {
        Future<?> running = sealing;
        if (running != null && running.cancel(false)) {
            guarded(() -> trail.log().act(Action.SYSTEM_STOPPED).record());
        }
        timer.shutdown();
        guarded(trail::close);
    }
}
