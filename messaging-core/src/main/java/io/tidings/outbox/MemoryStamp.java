package io.tidings.outbox;

import io.tidings.message.MemoryTransactions;
import org.jspecify.annotations.Nullable;

/** The in-memory twin of a {@link StampStore}. */
final class MemoryStamp implements StampStore {
    private final MemoryTransactions transactions;
    /** Guarded by the transactions' lock. */
    private @Nullable Stamp stamp;

    MemoryStamp(MemoryTransactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Stamp claim(Stamp first) {
        return transactions.run(() -> {
            Stamp known = stamp;
            if (known == null) {
                set(first);
                return first;
            }
            return known;
        });
    }

    @Override
    public boolean replace(Stamp seen, Stamp next) {
        return transactions.run(() -> {
            boolean same = seen.equals(stamp);
            if (same) {
                set(next);
            }
            return same;
        });
    }

    private void set(Stamp next) {
        Stamp before = stamp;
        stamp = next;
        transactions.onRollback(() -> stamp = before);
    }
}
