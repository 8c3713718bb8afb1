package io.tidings.outbox;

import io.tidings.history.Attempt;
import io.tidings.history.AttemptStore;
import io.tidings.history.HistoryStore;
import io.tidings.history.MessageRow;
import io.tidings.message.AttemptId;
import io.tidings.message.AttemptStatus;
import io.tidings.message.UnitOfWork;
import io.tidings.outbox.QueueRow.State;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** One message after the other, through the other stores: right for stores where a step costs little. */
public final class StepwiseHandover implements Handover {
    private final UnitOfWork transactions;
    private final AttemptStore attempts;
    private final OutboxStore outbox;
    private final WorkQueue work;
    private final HistoryStore history;

    /** Joins these transactions and moves between these stores. */
    public StepwiseHandover(
            UnitOfWork transactions, AttemptStore attempts, OutboxStore outbox, WorkQueue work, HistoryStore history) {
        this.transactions = transactions;
        this.attempts = attempts;
        this.outbox = outbox;
        this.work = work;
        this.history = history;
    }

    @Override
    public Set<AttemptId> settle(List<Taken> taken) {
        return transactions.run(() -> {
            Set<AttemptId> settled = new HashSet<>();
            taken.forEach(one -> open(one).ifPresent(row -> {
                if (work.settle(new Settled.Leave(one.attempt()))) {
                    keep(one, row);
                    settled.add(one.attempt());
                }
            }));
            return settled;
        });
    }

    /** Nothing: what is read before it is locked may be older than what another thread has reported meanwhile. */
    @Override
    public Advanced advance(List<Told> told) {
        return Advanced.NOTHING;
    }

    @Override
    public boolean advances() {
        return false;
    }

    private Optional<QueueRow> open(Taken one) {
        List<Attempt> all = attempts.attempts(one.attempt().message());
        boolean first = all.size() == 1
                && all.get(0).status() == AttemptStatus.SENDING_TO_PROVIDER
                && attempts.observations(one.attempt()).isEmpty()
                && attempts.owners(List.of(Objects.requireNonNull(one.seen().sid())))
                        .isEmpty();
        return first
                ? outbox.find(one.attempt().message())
                        .filter(row -> row.state() == State.SENDING)
                        .filter(row -> row.tries().attempts() == 1)
                : Optional.empty();
    }

    private void keep(Taken one, QueueRow row) {
        attempts.observe(one.attempt(), one.seen());
        history.save(new MessageRow(
                row.stored(),
                one.status(),
                row.tries().charge(),
                null,
                one.seen().at()));
        if (one.pollAfter() != null) {
            attempts.pollAfter(one.attempt(), one.pollAfter(), 0);
        }
    }
}
