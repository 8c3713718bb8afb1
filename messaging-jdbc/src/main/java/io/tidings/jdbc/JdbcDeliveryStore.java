package io.tidings.jdbc;

import io.tidings.endpoint.Delivery;
import io.tidings.endpoint.DeliveryStore;
import io.tidings.endpoint.WaitingDelivery;
import io.tidings.event.EventCounts;
import io.tidings.event.EventKind;
import io.tidings.event.EventRow;
import io.tidings.event.Happening;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Events on their way to endpoints: a row each. A claim is a due time that lies ahead; every step is guarded by it. */
final class JdbcDeliveryStore implements DeliveryStore {
    private static final int WAITING = 0;
    private static final int ASIDE = 1;

    private static final String APPEND = """
            INSERT INTO tidings_delivery
                (endpoint, event, kind, subject, at, facts, state, claims, due_at, added_at)
            VALUES (?, ?, ?, ?, ?, ?, 0, 0, {now}, {now})""";
    private static final String CLAIMABLE = """
            SELECT place, endpoint, event, kind, at, subject, facts, claims FROM tidings_delivery
            WHERE endpoint = ? AND state = 0 AND due_at <= {now} AND NOT EXISTS (
                SELECT 1 FROM tidings_endpoint e WHERE e.name = ? AND e.disabled IS NOT NULL)
            ORDER BY due_at, place LIMIT ? FOR UPDATE SKIP LOCKED""";
    private static final String CLAIM = """
            UPDATE tidings_delivery SET claims = claims + 1, due_at = {now} + ? WHERE place = ? AND claims = ?""";
    private static final String MINE = " WHERE place = ? AND claims = ? AND state = 0";
    private static final String FINISH = "DELETE FROM tidings_delivery" + MINE;
    private static final String MOVE = "UPDATE tidings_delivery SET state = ?, due_at = {now} + ?" + MINE;
    private static final String RETRY_ALL =
            "UPDATE tidings_delivery SET state = 0, claims = 0, due_at = {now} WHERE endpoint = ? AND state = 1";
    private static final String RETRY = """
            UPDATE tidings_delivery SET state = 0, claims = 0, due_at = {now}
            WHERE endpoint = ? AND place = ? AND state = 1""";
    private static final String OPEN = """
            SELECT place, endpoint, event, kind, at, subject, facts, claims, due_at, state FROM tidings_delivery
            WHERE endpoint = ? AND place > ? ORDER BY place LIMIT ?""";
    private static final String COUNTS = """
            SELECT (SELECT count(*) FROM tidings_delivery WHERE endpoint = ? AND state = 0),
                   (SELECT count(*) FROM tidings_delivery WHERE endpoint = ? AND state = 1)""";
    private static final String FORGET = "DELETE FROM tidings_delivery WHERE subject = ?";
    private static final String OLD =
            "SELECT place FROM tidings_delivery WHERE added_at < {now} - ? ORDER BY added_at LIMIT ?";
    private static final String REMOVE = "DELETE FROM tidings_delivery WHERE place = ?";

    private static final String SET_ASIDE = "UPDATE tidings_delivery SET state = 1 WHERE place = ?";

    private final Database database;

    /** A row as it lies there. */
    private record Raw(long place, String endpoint, long event, HappeningRows.Raw what, int claims) {
        static Raw of(Row row) throws SQLException {
            long place = row.number();
            String endpoint = row.text();
            long event = row.number();
            EventKind kind = EventKind.valueOf(row.text());
            HappeningRows.Raw what = new HappeningRows.Raw(
                    HappeningRows.DELIVERY, kind, row.time(), row.text(), row.text(), row.cipher());
            return new Raw(place, endpoint, event, what, row.integer());
        }

        Delivery delivery(Happening read) {
            return new Delivery(place, endpoint, new EventRow(event, read, claims));
        }
    }

    JdbcDeliveryStore(Database database) {
        this.database = database;
    }

    @Override
    public void append(EventRow event, Collection<String> endpoints) {
        Happening what = event.what();
        database.batch(
                APPEND,
                endpoints,
                (values, endpoint) -> values.text(endpoint)
                        .number(event.number())
                        .text(what.kind().name())
                        .text(HappeningRows.subject(what.subject(), values.cipher()))
                        .time(what.at())
                        .text(HappeningRows.facts(HappeningRows.DELIVERY, what, values.cipher())));
    }

    @Override
    public List<Delivery> claim(String endpoint, int limit, Duration lease) {
        return database.transactions().run(() -> {
            List<Delivery> due = orSetAside(database.query(
                    CLAIMABLE, values -> values.text(endpoint).text(endpoint).number(limit), Raw::of));
            int[] changed = database.batch(
                    CLAIM,
                    due,
                    (values, row) -> values.duration(lease).number(row.place()).number(row.tries()));
            List<Delivery> claimed = new ArrayList<>();
            for (int i = 0; i < changed.length; i++) {
                if (changed[i] != 0) {
                    claimed.add(claimed(due.get(i)));
                }
            }
            return claimed;
        });
    }

    /** Those that can be read; the others are set aside, so that they stop nobody. */
    private List<Delivery> orSetAside(List<Raw> rows) {
        List<Delivery> readable = new ArrayList<>(rows.size());
        for (Raw raw : rows) {
            raw.what()
                    .ifReadable(raw.place())
                    .ifPresentOrElse(
                            what -> readable.add(raw.delivery(what)),
                            () -> database.update(SET_ASIDE, values -> values.number(raw.place())));
        }
        return readable;
    }

    private static Delivery claimed(Delivery row) {
        EventRow event = row.event();
        return new Delivery(row.place(), row.endpoint(), new EventRow(event.number(), event.what(), event.tries() + 1));
    }

    @Override
    public boolean finish(Delivery claimed) {
        return database.update(FINISH, values -> values.number(claimed.place()).number(claimed.tries())) == 1;
    }

    @Override
    public boolean postpone(Delivery claimed, Duration wait) {
        return move(claimed, WAITING, wait);
    }

    @Override
    public boolean setAside(Delivery claimed) {
        return move(claimed, ASIDE, Duration.ZERO);
    }

    private boolean move(Delivery claimed, int state, Duration wait) {
        return database.update(
                        MOVE,
                        values -> values.number(state)
                                .duration(wait)
                                .number(claimed.place())
                                .number(claimed.tries()))
                == 1;
    }

    @Override
    public int retryAll(String endpoint) {
        return database.update(RETRY_ALL, values -> values.text(endpoint));
    }

    @Override
    public boolean retry(String endpoint, long place) {
        return database.update(RETRY, values -> values.text(endpoint).number(place)) == 1;
    }

    /** Rows that cannot be read are made up for: a short page is the last one. */
    @Override
    public List<WaitingDelivery> waiting(String endpoint, long behind, int limit) {
        List<WaitingDelivery> page = new ArrayList<>();
        long last = behind;
        boolean more = true;
        while (more && page.size() < limit) {
            int missing = limit - page.size();
            long place = last;
            List<Listed> rows = database.query(
                    OPEN, values -> values.text(endpoint).number(place).number(missing), JdbcDeliveryStore::listed);
            rows.forEach(row -> row.delivery().ifPresent(page::add));
            more = rows.size() == missing;
            last = rows.isEmpty() ? place : rows.get(rows.size() - 1).place();
        }
        return page;
    }

    /** A row and where it stands; without a delivery if it cannot be read. */
    private record Listed(long place, Optional<WaitingDelivery> delivery) {}

    private static Listed listed(Row row) throws SQLException {
        Raw raw = Raw.of(row);
        Instant due = row.time();
        boolean aside = row.integer() == ASIDE;
        return new Listed(
                raw.place(),
                raw.what().ifReadable(raw.place()).map(what -> new WaitingDelivery(raw.delivery(what), due, aside)));
    }

    @Override
    public EventCounts counts(String endpoint) {
        return database.query(
                        COUNTS,
                        values -> values.text(endpoint).text(endpoint),
                        row -> new EventCounts(row.number(), row.number()))
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

    @Override
    public int removeOlderThan(Duration age, int limit) {
        return database.transactions().run(() -> {
            List<Long> old = database.query(OLD, values -> values.duration(age).number(limit), Row::number);
            int gone = 0;
            for (int each : database.batch(REMOVE, old, (values, place) -> values.number(place))) {
                gone += each;
            }
            return gone;
        });
    }
}
