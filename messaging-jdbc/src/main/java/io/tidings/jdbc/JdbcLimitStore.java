package io.tidings.jdbc;

import io.tidings.throttle.Grant;
import io.tidings.throttle.Limit;
import io.tidings.throttle.LimitStore;
import io.tidings.throttle.SharedBucket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** Limits of all nodes: a row for each bucket, locked while it is changed. Those that are full again are thrown away. */
final class JdbcLimitStore implements LimitStore {
    private static final int MOST_ROUNDS = 10;
    private static final String LOCK = "SELECT level, level_at, {now} FROM tidings_limit WHERE name = ? FOR UPDATE";
    private static final String START = """
            INSERT INTO tidings_limit (name, level, level_at, full_at) VALUES (?, ?, {now}, {now})""";
    private static final String WRITE = "UPDATE tidings_limit SET level = ?, level_at = ?, full_at = ? WHERE name = ?";
    /** Full for a minute, so that a clock that steps back a little finds no bucket fuller than it was. */
    private static final String FULL = """
            SELECT name FROM tidings_limit WHERE full_at <= {now} - 60000000 LIMIT 100 FOR UPDATE SKIP LOCKED""";

    private static final String DROP = "DELETE FROM tidings_limit WHERE name = ?";

    private final Database database;
    private final SlotRows slots;

    /** A bucket, and the database's clock when it was read. */
    private record Locked(SharedBucket bucket, Instant now) {}

    JdbcLimitStore(Database database) {
        this.database = database;
        this.slots = new SlotRows(database);
    }

    @Override
    public Grant take(String name, Limit limit, int atLeast, int atMost) {
        return change(name, limit, (bucket, now) -> bucket.take(limit, now, atLeast, atMost));
    }

    @Override
    public void giveBack(String name, Limit limit, int permits) {
        change(
                name,
                limit,
                (bucket, now) ->
                        new SharedBucket.Taken(new Grant(permits, Duration.ZERO), bucket.given(limit, now, permits)));
    }

    private Grant change(String name, Limit limit, BiFunction<SharedBucket, Instant, SharedBucket.Taken> step) {
        return database.transactions().run(() -> {
            Locked locked = lock(name, limit);
            SharedBucket.Taken taken = step.apply(locked.bucket(), locked.now());
            if (taken.grant().permits() > 0) {
                write(name, limit, taken.after());
            }
            return taken.grant();
        });
    }

    private void write(String name, Limit limit, SharedBucket bucket) {
        double missing = Math.max(0, limit.burst() - bucket.level());
        Duration toFull =
                Duration.ofNanos((long) Math.ceil(1e9 * missing / limit.rate().perSecond()));
        database.update(
                WRITE,
                values -> values.decimal(bucket.level())
                        .time(bucket.at())
                        .time(bucket.at().plus(toFull))
                        .text(name));
    }

    private Locked lock(String name, Limit limit) {
        for (int round = 0; round < MOST_ROUNDS; round++) {
            Optional<Locked> locked = database.find(
                    LOCK,
                    values -> values.text(name),
                    row -> new Locked(new SharedBucket(row.decimal(), row.time()), row.time()));
            if (locked.isPresent()) {
                return locked.get();
            }
            sweep();
            database.ensure(START, "name", values -> values.text(name).decimal(limit.burst()));
        }
        throw new IllegalStateException("the row of a limit goes as fast as it is made");
    }

    /** Before a row is made, so that there are never many more than are in use. */
    private void sweep() {
        List<String> full = database.query(FULL, values -> {}, Row::text);
        database.batch(DROP, full, Values::text);
    }

    @Override
    public int slots(String name, int ceiling, String node, int inUse, Duration lease) {
        return slots.renew(name, ceiling, node, inUse, lease);
    }
}
