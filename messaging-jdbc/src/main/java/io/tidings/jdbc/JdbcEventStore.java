package io.tidings.jdbc;

import io.tidings.event.EventCounts;
import io.tidings.event.EventKind;
import io.tidings.event.EventRow;
import io.tidings.event.EventStore;
import io.tidings.event.Happening;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Events: a row each until it was told. A claim is a due time that lies ahead; every step is guarded by the claims. */
final class JdbcEventStore implements EventStore {
    private static final int WAITING = 0;
    private static final int ASIDE = 1;

    private static final String APPEND = """
            INSERT INTO tidings_event (kind, subject, at, facts, state, claims, due_at)
            VALUES (?, ?, ?, ?, 0, 0, {now})""";
    private static final String CLAIMABLE = """
            SELECT e.place, e.kind, e.subject, e.at, e.facts, e.claims FROM tidings_event e
            WHERE e.state = 0 AND e.due_at <= {now} AND e.kind IN ({kinds}) AND NOT EXISTS (
                SELECT 1 FROM tidings_event o
                WHERE o.subject = e.subject AND o.place < e.place AND o.state = 0 AND o.kind IN ({kinds}))
            ORDER BY e.place LIMIT ? FOR UPDATE SKIP LOCKED""";
    private static final String CLAIM = """
            UPDATE tidings_event SET claims = claims + 1, due_at = {now} + ? WHERE place = ? AND claims = ?""";
    private static final String MINE = " WHERE place = ? AND claims = ? AND state = 0";
    private static final String FINISH = "DELETE FROM tidings_event" + MINE;
    private static final String MOVE = "UPDATE tidings_event SET state = ?, due_at = {now} + ?" + MINE;
    private static final String RETRY_ALL =
            "UPDATE tidings_event SET state = 0, claims = 0, due_at = {now} WHERE state = 1";
    private static final String COUNTS = """
            SELECT (SELECT count(*) FROM tidings_event WHERE state = 0),
                   (SELECT count(*) FROM tidings_event WHERE state = 1)""";
    private static final String FORGET = "DELETE FROM tidings_event WHERE subject = ?";

    private static final String SET_ASIDE = "UPDATE tidings_event SET state = 1 WHERE place = ?";

    private final Database database;

    /** A row as it lies there. */
    private record Raw(long place, HappeningRows.Raw what, int claims) {
        static Raw of(Row row) throws SQLException {
            long place = row.number();
            EventKind kind = EventKind.valueOf(row.text());
            String subject = row.text();
            HappeningRows.Raw what =
                    new HappeningRows.Raw(HappeningRows.EVENT, kind, row.time(), subject, row.text(), row.cipher());
            return new Raw(place, what, row.integer());
        }
    }

    JdbcEventStore(Database database) {
        this.database = database;
    }

    @Override
    public void append(List<Happening> events) {
        database.batch(APPEND, events, JdbcEventStore::bind);
    }

    private static void bind(Values values, Happening event) throws SQLException {
        values.text(event.kind().name())
                .text(HappeningRows.subject(event.subject(), values.cipher()))
                .time(event.at())
                .text(HappeningRows.facts(HappeningRows.EVENT, event, values.cipher()));
    }

    @Override
    public List<EventRow> claim(Set<EventKind> kinds, int limit, Duration lease) {
        if (kinds.isEmpty()) {
            return List.of();
        }
        String select = CLAIMABLE.replace("{kinds}", Database.marks(kinds.size()));
        return database.transactions().run(() -> {
            List<EventRow> due = orSetAside(database.query(
                    select,
                    values -> {
                        bind(values, kinds);
                        bind(values, kinds);
                        values.number(limit);
                    },
                    Raw::of));
            int[] changed = database.batch(
                    CLAIM,
                    due,
                    (values, row) -> values.duration(lease).number(row.number()).number(row.tries()));
            List<EventRow> claimed = new ArrayList<>();
            for (int i = 0; i < changed.length; i++) {
                EventRow row = due.get(i);
                if (changed[i] != 0) {
                    claimed.add(new EventRow(row.number(), row.what(), row.tries() + 1));
                }
            }
            return claimed;
        });
    }

    private static void bind(Values values, Set<EventKind> kinds) throws SQLException {
        for (EventKind kind : kinds) {
            values.text(kind.name());
        }
    }

    /** Those that can be read; the others are set aside, so that they stop nobody. */
    private List<EventRow> orSetAside(List<Raw> rows) {
        List<EventRow> readable = new ArrayList<>(rows.size());
        for (Raw raw : rows) {
            raw.what()
                    .ifReadable(raw.place())
                    .ifPresentOrElse(
                            what -> readable.add(new EventRow(raw.place(), what, raw.claims())),
                            () -> database.update(SET_ASIDE, values -> values.number(raw.place())));
        }
        return readable;
    }

    @Override
    public boolean finish(EventRow claimed) {
        return database.update(FINISH, values -> values.number(claimed.number()).number(claimed.tries())) == 1;
    }

    @Override
    public boolean postpone(EventRow claimed, Duration wait) {
        return move(claimed, WAITING, wait);
    }

    @Override
    public boolean setAside(EventRow claimed) {
        return move(claimed, ASIDE, Duration.ZERO);
    }

    private boolean move(EventRow claimed, int state, Duration wait) {
        return database.update(
                        MOVE,
                        values -> values.number(state)
                                .duration(wait)
                                .number(claimed.number())
                                .number(claimed.tries()))
                == 1;
    }

    @Override
    public int retryAll() {
        return database.update(RETRY_ALL, values -> {});
    }

    @Override
    public EventCounts counts() {
        return database.query(COUNTS, values -> {}, row -> new EventCounts(row.number(), row.number()))
                .get(0);
    }

    @Override
    public int forget(Collection<String> subjects) {
        int gone = 0;
        for (String subject : subjects) {
            gone += database.update(FORGET, values -> values.text(HappeningRows.subject(subject, values.cipher())));
        }
        return gone;
    }
}
