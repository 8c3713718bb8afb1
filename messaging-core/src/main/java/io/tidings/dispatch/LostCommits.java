package io.tidings.dispatch;

import io.tidings.message.AttemptId;
import io.tidings.message.StoreUnavailableException;
import io.tidings.message.TimeSource;
import io.tidings.outbox.QueueRow;
import io.tidings.outbox.QueueRow.State;
import io.tidings.outbox.Settler;
import io.tidings.outbox.Stores;
import io.tidings.provider.Outcome;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Attempts whose commit was asked for and not answered. This node has sent none of them; those that were committed all
 * the same would be nobody's as long as it lives. Used by whoever has the turn.
 */
final class LostCommits {
    private static final Logger log = LoggerFactory.getLogger(LostCommits.class);
    private static final Outcome NEVER_SENT = new Outcome.Unsent("the answer to its commit was lost");

    private final String node;
    private final Stores stores;
    private final Settler settler;
    private final TimeSource time;
    private final long every;
    private final Set<AttemptId> open = new LinkedHashSet<>();
    private long askedAt;

    LostCommits(String node, Stores stores, Settler settler, TimeSource time, long every) {
        this.node = node;
        this.stores = stores;
        this.settler = settler;
        this.time = time;
        this.every = every;
        this.askedAt = time.nanos() - every;
    }

    /** Their commit failed, so perhaps it did not. */
    void add(List<QueueRow> picked) {
        picked.forEach(row -> open.add(row.nextAttempt()));
    }

    /** Begun anew, which the database allows only if the first commit has failed for good. */
    void begun(List<QueueRow> rows) {
        if (!open.isEmpty()) {
            rows.forEach(row -> open.remove(row.attempt()));
        }
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    /** Puts back what was committed, and forgets what went another way. The rest may still come. */
    void settle() {
        if (open.isEmpty() || time.nanos() - askedAt < every) {
            return;
        }
        askedAt = time.nanos();
        try {
            Set<AttemptId> committed = stores.transactions().run(() -> {
                Set<AttemptId> ours = stores.work().begunBy(node, open);
                ours.forEach(attempt -> settler.outcome(attempt, NEVER_SENT));
                return ours;
            });
            if (!committed.isEmpty()) {
                log.warn("{} attempts were committed without an answer; they are tried again", committed.size());
            }
            open.removeAll(committed);
            open.removeIf(attempt -> !mayStillCome(attempt));
        } catch (StoreUnavailableException e) {
            log.warn("{} commits without an answer wait for the store: {}", open.size(), e.getMessage());
        }
    }

    private boolean mayStillCome(AttemptId attempt) {
        return stores.outbox()
                .find(attempt.message())
                .filter(row -> row.state() == State.QUEUED && row.nextAttempt().equals(attempt))
                .isPresent();
    }
}
