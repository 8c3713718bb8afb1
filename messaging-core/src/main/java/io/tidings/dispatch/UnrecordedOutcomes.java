package io.tidings.dispatch;

import io.tidings.dispatch.Wire.Done;
import io.tidings.message.StoreUnavailableException;
import io.tidings.message.WordlessTrace;
import io.tidings.outbox.Settler;
import io.tidings.outbox.Settler.Answered;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What came of attempts and is not recorded yet. Many outcomes are recorded on a thread of their own, so that the next
 * attempts begin meanwhile; for few that is not worth it. A store that is down gets them when it is back.
 *
 * <p>Used by whoever has the turn.
 */
final class UnrecordedOutcomes {
    private static final Logger log = LoggerFactory.getLogger(UnrecordedOutcomes.class);
    /** Recording them takes so long that the switch of threads does not count. */
    private static final int MANY = 128;

    private final Settler settler;
    private final Executor executor;
    private final Runnable hint;
    private final List<Done> waiting = new ArrayList<>();
    private @Nullable Recording running;
    private boolean refused;

    /** Records on these threads, and runs the hint on them when something was recorded or could not be. */
    UnrecordedOutcomes(Settler settler, Executor executor, Runnable hint) {
        this.settler = settler;
        this.executor = executor;
        this.hint = hint;
    }

    void add(Done done) {
        waiting.add(done);
    }

    /** Whether all are recorded. */
    boolean isEmpty() {
        return waiting.isEmpty() && running == null;
    }

    /** Whether the store did not take what it was given last, so that nothing new should be begun. */
    boolean isRefused() {
        return refused;
    }

    /** Records what there is, or lets it be recorded. Returns those that are recorded now and were not before. */
    List<Done> record() {
        List<Done> recorded = new ArrayList<>(running == null ? List.of() : ended(running));
        if (running != null || waiting.isEmpty()) {
            return recorded;
        }
        Recording next = new Recording(List.copyOf(waiting));
        waiting.clear();
        if (refused || next.all.size() < MANY || !started(next)) {
            next.record();
        }
        running = next;
        recorded.addAll(ended(next));
        return recorded;
    }

    private boolean started(Recording next) {
        try {
            executor.execute(() -> {
                next.record();
                hint.run();
            });
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    private List<Done> ended(Recording recording) {
        if (!recording.isOver) {
            return List.of();
        }
        running = null;
        refused = false;
        Throwable failure = recording.failure;
        if (failure == null) {
            return recording.all;
        }
        waiting.addAll(0, recording.all);
        refused = true;
        if (failure instanceof Error broken) {
            throw broken;
        }
        if (failure instanceof StoreUnavailableException) {
            log.warn("{} outcomes wait for the store: {}", recording.all.size(), failure.getMessage());
            return List.of();
        }
        log.error(
                "settling {} outcomes together failed, each is settled alone",
                recording.all.size(),
                WordlessTrace.of(failure));
        List<Done> recorded = recording.all.stream().filter(this::recordedAlone).toList();
        waiting.removeAll(recorded);
        refused = recorded.size() < recording.all.size();
        return recorded;
    }

    private boolean recordedAlone(Done done) {
        try {
            settler.outcome(done.row().attempt(), done.outcome());
        } catch (StoreUnavailableException e) {
            return false;
        } catch (RuntimeException e) {
            log.error(
                    "attempt {} cannot be settled and stays as it is",
                    done.row().attempt(),
                    e);
        }
        return true;
    }

    /** Outcomes that are recorded together, on any thread. */
    private final class Recording {
        private final List<Done> all;
        private @Nullable Throwable failure;
        /** Written last, so that whoever sees it sees the failure too. */
        private volatile boolean isOver;

        Recording(List<Done> all) {
            this.all = all;
        }

        void record() {
            try {
                settler.outcomes(all.stream()
                        .map(done -> new Answered(done.row(), done.outcome()))
                        .toList());
            } catch (Throwable e) {
                failure = e;
            }
            isOver = true;
        }
    }
}
