package io.tidings.endpoint;

import io.tidings.event.EventCounts;
import io.tidings.event.EventRow;
import io.tidings.message.MemoryTransactions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The in-memory twin of an {@link EndpointStore} and its {@link DeliveryStore}. */
public final class MemoryEndpoints implements EndpointStore, DeliveryStore {
    private final MemoryTransactions transactions;
    private final InstantSource time;
    /** Guarded by the transactions' lock. */
    private final Map<Long, Held> rows = new TreeMap<>();
    /** Guarded by the transactions' lock. */
    private final Map<String, Known> endpoints = new HashMap<>();
    /** Guarded by the transactions' lock; is not taken back, as in databases. */
    private long last;

    private record Held(Delivery delivery, Instant added, Instant due, boolean aside) {
        Held claimed(Instant until) {
            EventRow event = delivery.event();
            EventRow again = new EventRow(event.number(), event.what(), event.tries() + 1);
            return new Held(new Delivery(delivery.place(), delivery.endpoint(), again), added, until, aside);
        }

        Held anew(Instant now) {
            EventRow event = delivery.event();
            EventRow first = new EventRow(event.number(), event.what(), 0);
            return new Held(new Delivery(delivery.place(), delivery.endpoint(), first), added, now, false);
        }

        Held moved(Instant to, boolean setAside) {
            return new Held(delivery, added, to, setAside);
        }
    }

    private record Known(
            @Nullable Instant failingSince, @Nullable String disabled) {
        static final Known WELL = new Known(null, null);
    }

    /** Joins these transactions and goes by this date. */
    public MemoryEndpoints(MemoryTransactions transactions, InstantSource time) {
        this.transactions = transactions;
        this.time = time;
    }

    @Override
    public void append(EventRow event, Collection<String> names) {
        transactions.execute(() -> names.forEach(name -> {
            EventRow fresh = new EventRow(event.number(), event.what(), 0);
            Delivery delivery = new Delivery(++last, name, fresh);
            put(rows, delivery.place(), new Held(delivery, time.instant(), time.instant(), false));
        }));
    }

    @Override
    public List<Delivery> claim(String endpoint, int limit, Duration lease) {
        return transactions.run(() -> {
            if (known(endpoint).disabled() != null) {
                return List.of();
            }
            Instant now = time.instant();
            List<Held> due = rows.values().stream()
                    .filter(row -> isOf(endpoint).test(row)
                            && !row.aside()
                            && !row.due().isAfter(now))
                    .sorted((a, b) -> a.due().compareTo(b.due()))
                    .limit(limit)
                    .toList();
            List<Delivery> claimed = new ArrayList<>();
            for (Held row : due) {
                Held mine = row.claimed(now.plus(lease));
                put(rows, mine.delivery().place(), mine);
                claimed.add(mine.delivery());
            }
            return claimed;
        });
    }

    /** Whether a delivery to one of these that is not disabled is due by then. */
    public boolean isDue(Instant end, Set<String> names) {
        return transactions.run(() -> rows.values().stream()
                .anyMatch(row -> !row.aside()
                        && !row.due().isAfter(end)
                        && names.contains(row.delivery().endpoint())
                        && known(row.delivery().endpoint()).disabled() == null));
    }

    @Override
    public boolean finish(Delivery claimed) {
        return transactions.run(() -> mine(claimed).map(row -> remove(row)).isPresent());
    }

    @Override
    public boolean postpone(Delivery claimed, Duration wait) {
        return move(claimed, time.instant().plus(wait), false);
    }

    @Override
    public boolean setAside(Delivery claimed) {
        return move(claimed, time.instant(), true);
    }

    private boolean move(Delivery claimed, Instant due, boolean aside) {
        return transactions.run(() -> {
            Optional<Held> held = mine(claimed);
            held.ifPresent(row -> put(rows, claimed.place(), row.moved(due, aside)));
            return held.isPresent();
        });
    }

    private Optional<Held> mine(Delivery claimed) {
        return Optional.ofNullable(rows.get(claimed.place()))
                .filter(row -> !row.aside() && row.delivery().tries() == claimed.tries());
    }

    @Override
    public int retryAll(String endpoint) {
        return transactions.run(() -> {
            List<Held> again = all(isOf(endpoint).and(Held::aside));
            again.forEach(row -> put(rows, row.delivery().place(), row.anew(time.instant())));
            return again.size();
        });
    }

    @Override
    public boolean retry(String endpoint, long place) {
        return transactions.run(() -> {
            Held held = rows.get(place);
            boolean aside = held != null && held.aside() && isOf(endpoint).test(held);
            if (held != null && aside) {
                put(rows, place, held.anew(time.instant()));
            }
            return aside;
        });
    }

    @Override
    public List<WaitingDelivery> waiting(String endpoint, long behind, int limit) {
        return transactions.run(() -> all(isOf(endpoint)).stream()
                .filter(row -> row.delivery().place() > behind)
                .limit(limit)
                .map(row -> new WaitingDelivery(row.delivery(), row.due(), row.aside()))
                .toList());
    }

    @Override
    public EventCounts counts(String endpoint) {
        return transactions.run(() -> {
            int aside = all(isOf(endpoint).and(Held::aside)).size();
            return new EventCounts(all(isOf(endpoint)).size() - aside, aside);
        });
    }

    @Override
    public int forget(Collection<String> subjects) {
        return remove(row -> subjects.contains(row.delivery().event().what().subject()), Integer.MAX_VALUE);
    }

    @Override
    public int removeOlderThan(Duration age, int limit) {
        return remove(row -> row.added().isBefore(time.instant().minus(age)), limit);
    }

    private int remove(Predicate<Held> which, int limit) {
        return transactions.run(() -> {
            List<Held> gone = all(which).stream().limit(limit).toList();
            gone.forEach(this::remove);
            return gone.size();
        });
    }

    private Held remove(Held row) {
        put(rows, row.delivery().place(), null);
        return row;
    }

    private List<Held> all(Predicate<Held> which) {
        return rows.values().stream().filter(which).toList();
    }

    private static Predicate<Held> isOf(String endpoint) {
        return row -> row.delivery().endpoint().equals(endpoint);
    }

    @Override
    public void add(Collection<String> names) {
        transactions.execute(() -> names.stream()
                .filter(name -> !endpoints.containsKey(name))
                .forEach(name -> put(endpoints, name, Known.WELL)));
    }

    @Override
    public Optional<EndpointState> find(String name) {
        return transactions.run(() -> Optional.ofNullable(endpoints.get(name))
                .map(known -> new EndpointState(
                        known.failingSince() == null ? null : Duration.between(known.failingSince(), time.instant()),
                        known.disabled())));
    }

    @Override
    public void succeeded(String name) {
        transactions.execute(
                () -> put(endpoints, name, new Known(null, known(name).disabled())));
    }

    @Override
    public Duration failed(String name) {
        return transactions.run(() -> {
            Known known = known(name);
            Instant since = known.failingSince();
            if (since == null) {
                since = time.instant();
                put(endpoints, name, new Known(since, known.disabled()));
            }
            return Duration.between(since, time.instant());
        });
    }

    @Override
    public boolean disable(String name, String reason) {
        return transactions.run(() -> {
            Known known = known(name);
            if (known.disabled() == null) {
                put(endpoints, name, new Known(known.failingSince(), reason));
            }
            return known.disabled() == null;
        });
    }

    @Override
    public boolean enable(String name) {
        return transactions.run(() -> {
            boolean was = known(name).disabled() != null;
            if (was) {
                put(endpoints, name, Known.WELL);
            }
            return was;
        });
    }

    private Known known(String name) {
        return endpoints.getOrDefault(name, Known.WELL);
    }

    private <K, V> void put(Map<K, V> map, K key, @Nullable V value) {
        V before = value == null ? map.remove(key) : map.put(key, value);
        transactions.onRollback(() -> {
            if (before == null) {
                map.remove(key);
            } else {
                map.put(key, before);
            }
        });
    }
}
