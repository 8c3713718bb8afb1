package io.tidings.outbox;

import io.tidings.message.MemoryTransactions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Asks every memory in which something may be due. Messages of other nodes' senders count as well. It renews nothing: a node
 * that has to takes a whole turn, which costs no statement here.
 */
final class MemoryLookout implements Lookout {
    private final MemoryTransactions transactions;
    private final InstantSource time;
    private final MemoryOutbox outbox;
    private final List<Waiting> others;

    /** Where something waits that is no message in the queue. Asked inside the transactions. */
    @FunctionalInterface
    interface Waiting {
        /** Whether something is due by then, for who is told of this. */
        boolean isDue(Instant end, Told told);

        /** What comes due after this time, if anything waits. */
        static Waiting until(Supplier<Optional<Duration>> next, InstantSource time) {
            return (end, told) -> next.get()
                    .filter(left -> !time.instant().plus(left).isAfter(end))
                    .isPresent();
        }
    }

    MemoryLookout(MemoryTransactions transactions, InstantSource time, MemoryOutbox outbox, List<Waiting> others) {
        this.transactions = transactions;
        this.time = time;
        this.outbox = outbox;
        this.others = List.copyOf(others);
    }

    @Override
    public boolean isCalm(Watch watch, Renewal renewal) {
        return renewal == Renewal.NOTHING
                && transactions.run(() -> {
                    Instant end = time.instant().plus(watch.ahead());
                    return outbox.isCalm(watch.node(), watch.others(), end)
                            && others.stream().noneMatch(each -> each.isDue(end, watch.told()));
                });
    }
}
