package io.tidings.jdbc;

import io.tidings.history.Attempt;
import io.tidings.history.AttemptStore;
import io.tidings.history.Observation;
import io.tidings.message.AttemptId;
import io.tidings.message.AttemptStatus;
import io.tidings.message.MessageId;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Attempts, what was seen of them, and who owns which SID. */
final class JdbcAttempts implements AttemptStore {
    private static final String COLUMNS =
            "message, number, status, sid, error_code, cause, conflict, due_at, started_at, changed_at";
    private static final String BEGIN =
            "INSERT INTO tidings_attempt (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String BEGIN_AT_ONCE = "INSERT INTO tidings_attempt (" + COLUMNS + ") " + """
            SELECT * FROM unnest(
                CAST(? AS uuid[]), CAST(? AS integer[]), CAST(? AS text[]), CAST(? AS text[]), CAST(? AS integer[]),
                CAST(? AS text[]), CAST(? AS boolean[]), CAST(? AS bigint[]), CAST(? AS bigint[]), CAST(? AS bigint[]))""";
    private static final String OF_MESSAGE =
            "SELECT " + COLUMNS + " FROM tidings_attempt WHERE message = ? ORDER BY number";
    private static final String LOCK =
            "SELECT " + COLUMNS + " FROM tidings_attempt WHERE message = ? AND number = ? FOR UPDATE";
    private static final String EXISTS = "SELECT number FROM tidings_attempt WHERE message = ? AND number = ?";
    private static final String OWNER = "SELECT message, number FROM tidings_sid WHERE sid = ?";
    private static final String OWN = "INSERT INTO tidings_sid (sid, message, number, listed) VALUES (?, ?, ?, ?)";
    private static final String FREE =
            "DELETE FROM tidings_sid WHERE sid = ? AND message = ? AND number = ? AND listed";
    private static final String MERGE = """
            UPDATE tidings_attempt SET status = ?, sid = ?, error_code = ?, cause = ?, conflict = ?, changed_at = ?
            WHERE message = ? AND number = ?""";
    private static final String SEEN = """
            INSERT INTO tidings_observation (message, number, status, sid, error_code, cause, source, at, raw, bare)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";
    static final String SEEN_COLUMNS = "status, sid, error_code, cause, source, at, raw";
    private static final String OBSERVATIONS = "SELECT " + SEEN_COLUMNS + " " + """
            FROM tidings_observation
            WHERE message = ? AND number = ? ORDER BY place""";
    private static final String POLL =
            "UPDATE tidings_attempt SET poll_at = {now} + ?, poll_round = ? WHERE message = ? AND number = ?";
    private static final String STOP = """
            UPDATE tidings_attempt SET poll_at = NULL, poll_round = NULL
            WHERE message = ? AND number = ? AND poll_at IS NOT NULL""";
    private static final String DUE = """
            SELECT message, number, sid, poll_round FROM tidings_attempt
            WHERE poll_at IS NOT NULL AND sid IS NOT NULL AND poll_at <= {now}
            ORDER BY poll_at, message, number LIMIT ?""";
    private static final String NEXT =
            "SELECT MIN(poll_at) - {now} FROM tidings_attempt WHERE poll_at IS NOT NULL AND sid IS NOT NULL";
    private static final int SIDS_AT_ONCE = 500;
    private static final Logger log = LoggerFactory.getLogger(JdbcAttempts.class);

    private final Database database;

    JdbcAttempts(Database database) {
        this.database = database;
    }

    @Override
    public void begin(List<Attempt> attempts) {
        database.transactions().execute(() -> {
            database.transactions().protectHost();
            if (database.dialect() == Dialect.POSTGRESQL) {
                beginAtOnce(attempts);
                return;
            }
            database.batch(
                    BEGIN,
                    attempts,
                    (values, attempt) -> values.id(attempt.id().message())
                            .number(attempt.id().number())
                            .text(attempt.status().name())
                            .text(attempt.sid())
                            .number(attempt.errorCode())
                            .text(attempt.cause())
                            .flag(attempt.conflict())
                            .time(attempt.dueAt())
                            .time(attempt.startedAt())
                            .time(attempt.changedAt()));
        });
    }

    private void beginAtOnce(List<Attempt> attempts) {
        if (!attempts.isEmpty()) {
            database.insertAll(
                    BEGIN_AT_ONCE,
                    values -> new Columns<>(database, values, attempts)
                            .uuids(attempt -> attempt.id().message().value())
                            .integers(attempt -> attempt.id().number())
                            .texts(attempt -> attempt.status().name())
                            .texts(Attempt::sid)
                            .integers(Attempt::errorCode)
                            .texts(Attempt::cause)
                            .flags(Attempt::conflict)
                            .numbers(attempt -> Values.micros(attempt.dueAt()))
                            .numbers(attempt -> Values.micros(attempt.startedAt()))
                            .numbers(attempt -> Values.micros(attempt.changedAt())));
        }
    }

    @Override
    public Optional<Merged> observe(AttemptId id, Observation seen) {
        return database.transactions().run(() -> {
            database.transactions().protectHost();
            return owner(id, seen).map(owner -> merge(owner, seen));
        });
    }

    /**
     * Whose observation it is.
     *
     * @param id the attempt
     * @param fresh whether it got the SID just now, and not from the list
     */
    private record Owner(AttemptId id, boolean fresh) {}

    /** No attempt is locked before the owner is known, so that two twins never wait for each other. */
    private Optional<Owner> owner(AttemptId named, Observation seen) {
        String sid = seen.sid();
        if (sid == null) {
            return Optional.of(new Owner(named, false)).filter(owner -> exists(named));
        }
        Optional<AttemptId> known = owner(sid);
        if (!exists(named) || known.isPresent()) {
            return known.filter(owner -> exists(named)).map(owner -> new Owner(owner, false));
        }
        boolean listed = seen.source() == Observation.Source.LIST;
        boolean mine = database.insert(
                OWN,
                values -> values.text(sid)
                        .id(named.message())
                        .number(named.number())
                        .flag(listed));
        if (!mine) {
            return owner(sid).map(owner -> new Owner(owner, false));
        }
        return Optional.of(new Owner(named, !listed));
    }

    private boolean exists(AttemptId id) {
        return database.find(EXISTS, values -> bind(values, id), Row::integer).isPresent();
    }

    private Optional<AttemptId> owner(String sid) {
        return database.find(OWNER, values -> values.text(sid), row -> new AttemptId(row.id(), row.integer()));
    }

    private Merged merge(Owner owner, Observation seen) {
        AttemptId id = owner.id();
        Attempt before = database.find(LOCK, values -> bind(values, id), JdbcAttempts::read)
                .orElseThrow(() -> new IllegalStateException("attempt " + id + " is gone"));
        Attempt after = (owner.fresh() && wasListed(before) ? before.withoutSid() : before).observe(seen);
        database.update(
                SEEN,
                values -> bind(values, id)
                        .text(seen.status().name())
                        .text(seen.sid())
                        .number(seen.errorCode())
                        .text(seen.cause())
                        .text(seen.source().name())
                        .time(seen.at())
                        .text(raw(id, seen, values.cipher()))
                        .flag(seen.withoutRaw().equals(seen)));
        if (!after.equals(before)) {
            database.update(
                    MERGE,
                    values -> bind(
                            values.text(after.status().name())
                                    .text(after.sid())
                                    .number(after.errorCode())
                                    .text(after.cause())
                                    .flag(after.conflict())
                                    .time(after.changedAt()),
                            id));
        }
        return new Merged(before, after);
    }

    /** Whether the SID of before was only the list's word; it is nobody's from now on, because it was the twin's. */
    private boolean wasListed(Attempt before) {
        String sid = before.sid();
        return sid != null && database.update(FREE, values -> bind(values.text(sid), before.id())) > 0;
    }

    private static Values bind(Values values, AttemptId id) throws SQLException {
        return values.id(id.message()).number(id.number());
    }

    private static Attempt read(Row row) throws SQLException {
        return new Attempt(
                new AttemptId(row.id(), row.integer()),
                AttemptStatus.valueOf(row.text()),
                row.textOrNull(),
                row.integer(),
                row.textOrNull(),
                row.flag(),
                row.time(),
                row.time(),
                row.time());
    }

    @Override
    public Map<String, AttemptId> owners(Collection<String> sids) {
        Map<String, AttemptId> owners = new HashMap<>();
        List<String> all = List.copyOf(sids);
        for (int from = 0; from < all.size(); from += SIDS_AT_ONCE) {
            List<String> some = all.subList(from, Math.min(all.size(), from + SIDS_AT_ONCE));
            database.query(
                            "SELECT sid, message, number FROM tidings_sid WHERE sid IN (" + Database.marks(some.size())
                                    + ")",
                            values -> {
                                for (String sid : some) {
                                    values.text(sid);
                                }
                            },
                            row -> Map.entry(row.text(), new AttemptId(row.id(), row.integer())))
                    .forEach(owner -> owners.put(owner.getKey(), owner.getValue()));
        }
        return owners;
    }

    @Override
    public List<Attempt> attempts(MessageId message) {
        return database.query(OF_MESSAGE, values -> values.id(message), JdbcAttempts::read);
    }

    @Override
    public List<Observation> observations(AttemptId id) {
        return database.query(OBSERVATIONS, values -> bind(values, id), row -> seen(row, id));
    }

    /** {@link #SEEN_COLUMNS}. */
    static Observation seen(Row row, AttemptId of) throws SQLException {
        AttemptStatus status = AttemptStatus.valueOf(row.text());
        String sid = row.textOrNull();
        int errorCode = row.integer();
        String cause = row.textOrNull();
        Observation.Source source = Observation.Source.valueOf(row.text());
        Instant at = row.time();
        return new Observation(status, sid, errorCode, cause, source, at, raw(of, at, row));
    }

    /** Nothing, if it cannot be read: what became of the attempt stands beside it. */
    private static Map<String, String> raw(AttemptId of, Instant at, Row row) throws SQLException {
        String stored = row.text();
        try {
            return JsonText.map(row.cipher().open(place(of, at), stored));
        } catch (UnreadableRowException e) {
            log.warn("what the provider said of attempt {} cannot be read: {}", of, e.getMessage());
            return Map.of();
        }
    }

    /** What the provider said, as it lies in the table. */
    static String raw(AttemptId of, Observation seen, ColumnCipher cipher) {
        return cipher.seal(place(of, seen.at()), JsonText.of(seen.raw()));
    }

    static String place(AttemptId of, Instant at) {
        return ColumnCipher.place("observation.raw", of.message(), of.number(), Values.micros(at));
    }

    @Override
    public void pollAfter(AttemptId id, Duration wait, int round) {
        database.update(POLL, values -> bind(values.duration(wait).number(round), id));
    }

    @Override
    public void stopPolling(AttemptId id) {
        database.update(STOP, values -> bind(values, id));
    }

    @Override
    public List<Poll> duePolls(int limit) {
        return new ArrayList<>(database.query(
                DUE,
                values -> values.number(limit),
                row -> new Poll(new AttemptId(row.id(), row.integer()), row.text(), row.integer())));
    }

    @Override
    public Optional<Duration> nextPoll() {
        return database.query(NEXT, values -> {}, row -> Optional.ofNullable(row.numberOrNull()))
                .get(0)
                .map(Values::duration);
    }
}
