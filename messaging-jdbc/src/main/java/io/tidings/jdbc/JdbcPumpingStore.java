package io.tidings.jdbc;

import io.tidings.pumping.Counter;
import io.tidings.pumping.PumpingStore;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** Counters of codes: a row each, locked in the order of their names. Those that are over are thrown away. */
final class JdbcPumpingStore implements PumpingStore {
    private static final int SWEEP_EVERY = 1_000;
    private static final String START = """
            INSERT INTO tidings_pumping (name, sent, confirmed, ends_at, blocked_until) VALUES (?, 0, 0, 0, 0)""";
    private static final String WRITE = """
            UPDATE tidings_pumping SET sent = ?, confirmed = ?, ends_at = ?, blocked_until = ? WHERE name = ?""";
    private static final String CONFIRM = """
            UPDATE tidings_pumping SET confirmed = confirmed + 1
            WHERE name = ? AND sent > 0
                AND (blocked_until > {now} OR (blocked_until = 0 AND ends_at > {now}))""";
    private static final String OVER = """
            SELECT name FROM tidings_pumping WHERE ends_at <= {now} AND blocked_until <= {now}
            ORDER BY name LIMIT 1000 FOR UPDATE SKIP LOCKED""";
    private static final String DROP = "DELETE FROM tidings_pumping WHERE name = ?";

    private final Database database;
    private final NamedRows<Count> rows;
    private final AtomicInteger calls = new AtomicInteger();

    /** A row as it was read at {@code now}; times are microseconds, 0 for none. */
    private record Count(long sent, long confirmed, long endsAt, long blockedUntil, long now) {
        boolean isBlocked() {
            return blockedUntil > now;
        }

        /** A block that is over ends its window too, or it would begin again at once. */
        Count running() {
            return isBlocked() || (endsAt > now && blockedUntil == 0) ? this : new Count(0, 0, 0, 0, now);
        }

        Count blocked(Counter counter) {
            return new Count(sent, confirmed, endsAt, now + Values.micros(counter.coolDown()), now);
        }

        Count counted(Counter counter) {
            long end = sent == 0 ? now + Values.micros(counter.window()) : endsAt;
            return new Count(sent + 1, confirmed, end, blockedUntil, now);
        }

        Count discounted() {
            return new Count(sent - 1, confirmed, endsAt, blockedUntil, now);
        }
    }

    JdbcPumpingStore(Database database) {
        this.database = database;
        this.rows = new NamedRows<>(
                database,
                "tidings_pumping",
                START,
                "sent, confirmed, ends_at, blocked_until, {now}",
                row -> new Count(row.number(), row.number(), row.number(), row.number(), row.number()));
    }

    /** What a counter is found by: its name may hold most of a number. */
    static String token(String name, ColumnCipher cipher) {
        return cipher.token("counter", name);
    }

    private String key(Counter counter) {
        return token(counter.name(), database.cipher());
    }

    @Override
    public List<String> count(List<List<Counter>> messages) {
        Set<String> names =
                messages.stream().flatMap(List::stream).map(this::key).collect(Collectors.toSet());
        return database.transactions().run(() -> {
            database.transactions().protectHost();
            sweep();
            Map<String, Count> counts = rows.lock(names);
            Map<String, Count> changed = new TreeMap<>();
            List<String> stops = messages.stream()
                    .map(counters -> count(counters, counts, changed))
                    .toList();
            write(changed);
            return stops;
        });
    }

    private String count(List<Counter> counters, Map<String, Count> counts, Map<String, Count> changed) {
        for (Counter counter : counters) {
            Count count = running(counter, counts, changed);
            if (count.isBlocked()) {
                return counter.name();
            }
            if (counter.isTooMuch(count.sent(), count.confirmed())) {
                changed.put(key(counter), count.blocked(counter));
                return counter.name();
            }
        }
        counters.forEach(counter ->
                changed.put(key(counter), running(counter, counts, changed).counted(counter)));
        return "";
    }

    private Count running(Counter counter, Map<String, Count> counts, Map<String, Count> changed) {
        Count count = changed.get(key(counter));
        return (count == null ? counts.getOrDefault(key(counter), new Count(0, 0, 0, 0, 0)) : count).running();
    }

    private void write(Map<String, Count> changed) {
        database.batch(
                WRITE,
                changed.entrySet(),
                (values, row) -> values.number(row.getValue().sent())
                        .number(row.getValue().confirmed())
                        .number(row.getValue().endsAt())
                        .number(row.getValue().blockedUntil())
                        .text(row.getKey()));
    }

    @Override
    public void discount(List<Counter> counters) {
        database.transactions().execute(() -> {
            database.transactions().protectHost();
            Map<String, Count> counts =
                    rows.lock(counters.stream().map(this::key).toList());
            Map<String, Count> changed = new TreeMap<>();
            for (Counter counter : counters) {
                Count count = running(counter, counts, changed);
                if (count.sent() > 0) {
                    changed.put(key(counter), count.discounted());
                }
            }
            write(changed);
        });
    }

    @Override
    public void confirm(String name) {
        database.update(CONFIRM, values -> values.text(token(name, database.cipher())));
    }

    @Override
    public Map<String, Instant> blocked(Set<String> names) {
        Map<String, Instant> blocked = new HashMap<>();
        Map<String, String> byToken = new HashMap<>();
        names.forEach(name -> byToken.put(token(name, database.cipher()), name));
        rows.find(byToken.keySet()).forEach((token, count) -> {
            if (count.isBlocked()) {
                blocked.put(String.valueOf(byToken.get(token)), Values.instant(count.blockedUntil()));
            }
        });
        return blocked;
    }

    private void sweep() {
        if (calls.incrementAndGet() % SWEEP_EVERY == 0) {
            List<String> over = database.query(OVER, values -> {}, Row::text);
            database.batch(DROP, over, Values::text);
        }
    }
}
