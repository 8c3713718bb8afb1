package io.tidings.pumping;

import io.tidings.message.MemoryTransactions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The in-memory twin of the counters. Those that are over are thrown away from time to time. */
public final class MemoryPumping implements PumpingStore {
    private static final int SWEEP_ABOVE = 10_000;

    private final MemoryTransactions transactions;
    private final InstantSource time;
    /** Guarded by the transactions' lock, as below. */
    private final Map<String, Count> counts = new HashMap<>();

    private int sweepAbove = SWEEP_ABOVE;

    private record Count(long sent, long confirmed, Instant end, Instant blockedUntil) {
        static final Count NOTHING = new Count(0, 0, Instant.MIN, Instant.MIN);

        boolean isOver(Instant now) {
            return !end.isAfter(now) && !blockedUntil.isAfter(now);
        }
    }

    /** Joins these transactions and goes by this date. */
    public MemoryPumping(MemoryTransactions transactions, InstantSource time) {
        this.transactions = transactions;
        this.time = time;
    }

    @Override
    public List<String> count(List<List<Counter>> messages) {
        return transactions.run(() -> {
            Instant now = time.instant();
            sweep(now);
            return messages.stream().map(counters -> count(counters, now)).toList();
        });
    }

    private String count(List<Counter> counters, Instant now) {
        for (Counter counter : counters) {
            Count count = running(counter.name(), now);
            if (count.blockedUntil().isAfter(now)) {
                return counter.name();
            }
            if (counter.isTooMuch(count.sent(), count.confirmed())) {
                Instant until = now.plus(counter.coolDown());
                set(counter.name(), new Count(count.sent(), count.confirmed(), count.end(), until));
                return counter.name();
            }
        }
        for (Counter counter : counters) {
            Count count = running(counter.name(), now);
            Instant end = count.sent() == 0 ? now.plus(counter.window()) : count.end();
            set(counter.name(), new Count(count.sent() + 1, count.confirmed(), end, count.blockedUntil()));
        }
        return "";
    }

    /** A block that is over ends its window too, or it would begin again at once. */
    private Count running(String name, Instant now) {
        Count count = counts.getOrDefault(name, Count.NOTHING);
        boolean blocked = count.blockedUntil().isAfter(now);
        boolean wasBlocked = count.blockedUntil().isAfter(Instant.MIN);
        return blocked || (count.end().isAfter(now) && !wasBlocked) ? count : Count.NOTHING;
    }

    @Override
    public void discount(List<Counter> counters) {
        transactions.execute(() -> {
            Instant now = time.instant();
            for (Counter counter : counters) {
                Count count = running(counter.name(), now);
                if (count.sent() > 0) {
                    set(
                            counter.name(),
                            new Count(count.sent() - 1, count.confirmed(), count.end(), count.blockedUntil()));
                }
            }
        });
    }

    @Override
    public void confirm(String name) {
        transactions.execute(() -> {
            Count count = running(name, time.instant());
            if (count.sent() > 0) {
                set(name, new Count(count.sent(), count.confirmed() + 1, count.end(), count.blockedUntil()));
            }
        });
    }

    @Override
    public Map<String, Instant> blocked(Set<String> names) {
        return transactions.run(() -> {
            Instant now = time.instant();
            Map<String, Instant> blocked = new HashMap<>();
            for (String name : names) {
                Count count = counts.getOrDefault(name, Count.NOTHING);
                if (count.blockedUntil().isAfter(now)) {
                    blocked.put(name, count.blockedUntil());
                }
            }
            return blocked;
        });
    }

    private void set(String name, Count count) {
        Count before = counts.put(name, count);
        transactions.onRollback(() -> restore(name, before));
    }

    private void restore(String name, @Nullable Count before) {
        if (before == null) {
            counts.remove(name);
        } else {
            counts.put(name, before);
        }
    }

    /** Needs no undo: what is over counts as nothing. */
    private void sweep(Instant now) {
        if (counts.size() > sweepAbove) {
            counts.values().removeIf(count -> count.isOver(now));
            sweepAbove = Math.max(SWEEP_ABOVE, 2 * counts.size());
        }
    }
}
