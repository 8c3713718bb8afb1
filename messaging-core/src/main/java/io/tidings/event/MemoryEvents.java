package io.tidings.event;

import io.tidings.message.MemoryTransactions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The in-memory twin of an {@link EventStore}. */
public final class MemoryEvents implements EventStore {
    private final MemoryTransactions transactions;
    private final InstantSource time;
    /** Guarded by the transactions' lock. */
    private final NavigableMap<Long, Held> rows = new TreeMap<>();
    /** Guarded by the transactions' lock; is not taken back, as in databases. */
    private long last;

    private record Held(Happening what, int tries, Instant due, boolean aside) {}

    /** Joins these transactions and goes by this date. */
    public MemoryEvents(MemoryTransactions transactions, InstantSource time) {
        this.transactions = transactions;
        this.time = time;
    }

    @Override
    public void append(List<Happening> events) {
        transactions.execute(() -> events.forEach(event -> put(++last, new Held(event, 0, time.instant(), false))));
    }

    @Override
    public List<EventRow> claim(Set<EventKind> kinds, int limit, Duration lease) {
        return transactions.run(() -> {
            Instant now = time.instant();
            Set<String> passed = new HashSet<>();
            List<EventRow> claimed = new ArrayList<>();
            List.copyOf(rows.entrySet()).forEach(row -> {
                Held held = row.getValue();
                boolean open = !held.aside() && kinds.contains(held.what().kind());
                boolean first = open && passed.add(held.what().subject());
                if (first && !held.due().isAfter(now) && claimed.size() < limit) {
                    put(row.getKey(), new Held(held.what(), held.tries() + 1, now.plus(lease), false));
                    claimed.add(new EventRow(row.getKey(), held.what(), held.tries() + 1));
                }
            });
            return claimed;
        });
    }

    @Override
    public boolean finish(EventRow claimed) {
        return move(claimed, null);
    }

    @Override
    public boolean postpone(EventRow claimed, Duration wait) {
        return move(
                claimed,
                new Held(claimed.what(), claimed.tries(), time.instant().plus(wait), false));
    }

    @Override
    public boolean setAside(EventRow claimed) {
        return move(claimed, new Held(claimed.what(), claimed.tries(), time.instant(), true));
    }

    private boolean move(EventRow claimed, @Nullable Held to) {
        return transactions.run(() -> {
            Held held = rows.get(claimed.number());
            boolean mine = held != null && held.tries() == claimed.tries() && !held.aside();
            if (mine) {
                put(claimed.number(), to);
            }
            return mine;
        });
    }

    @Override
    public int retryAll() {
        return transactions.run(() -> {
            List<Long> again = rows.entrySet().stream()
                    .filter(row -> row.getValue().aside())
                    .map(Map.Entry::getKey)
                    .toList();
            for (Long number : again) {
                Held held = rows.get(number);
                if (held != null) {
                    put(number, new Held(held.what(), 0, time.instant(), false));
                }
            }
            return again.size();
        });
    }

    @Override
    public EventCounts counts() {
        return transactions.run(() -> {
            long aside = rows.values().stream().filter(Held::aside).count();
            return new EventCounts(rows.size() - aside, aside);
        });
    }

    @Override
    public int forget(Collection<String> subjects) {
        return transactions.run(() -> {
            List<Long> gone = rows.entrySet().stream()
                    .filter(row -> subjects.contains(row.getValue().what().subject()))
                    .map(Map.Entry::getKey)
                    .toList();
            gone.forEach(number -> put(number, null));
            return gone.size();
        });
    }

    /** Whether an event of these kinds is due by then. */
    public boolean isDue(Instant end, Set<EventKind> kinds) {
        return transactions.run(() -> rows.values().stream()
                .anyMatch(held -> !held.aside()
                        && !held.due().isAfter(end)
                        && kinds.contains(held.what().kind())));
    }

    private void put(long number, @Nullable Held row) {
        Held before = row == null ? rows.remove(number) : rows.put(number, row);
        transactions.onRollback(() -> {
            if (before == null) {
                rows.remove(number);
            } else {
                rows.put(number, before);
            }
        });
    }
}
