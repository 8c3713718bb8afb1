package io.tidings.jdbc;

import io.tidings.jdbc.QueueRows.Raw;
import io.tidings.message.Category;
import io.tidings.outbox.SenderKey;
import io.tidings.outbox.Skip;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which messages of a sender are due, in fair turns between tenants. Each database has its own way to find them. */
abstract class Due {
    static final int LANES = Category.values().length;
    /** Of messages with one order key only the oldest may leave. */
    static final String IS_FIRST = """
            (q.order_key IS NULL OR NOT EXISTS (SELECT 1 FROM tidings_queue o
                WHERE o.tenant = q.tenant AND o.order_key = q.order_key AND o.id < q.id))""";

    /** Whose turn came first the last time, for each lane of a sender. A sender has one owner, so each node knows its own. */
    private final Map<SenderKey, Turns> turns = new ConcurrentHashMap<>();

    /** The tenant that was served first the last time, by lane; an empty text for nobody. */
    static final class Turns {
        private final String[] last = new String[LANES];

        Turns() {
            Arrays.fill(last, "");
        }

        synchronized String last(int lane) {
            return last[lane];
        }

        synchronized void served(int lane, String tenant) {
            last[lane] = tenant;
        }
    }

    static Due of(Database database) {
        return database.dialect() == Dialect.POSTGRESQL ? new PostgresDue(database) : new StepwiseDue(database);
    }

    List<Raw> due(SenderKey sender, int limit, Skip skip) {
        return limit < 1 ? List.of() : find(sender, limit, skip, turns.computeIfAbsent(sender, key -> new Turns()));
    }

    abstract List<Raw> find(SenderKey sender, int limit, Skip skip, Turns turns);

    /** How long until the first message that is not due yet. */
    abstract Optional<Duration> nextDue(Set<SenderKey> senders);
}
