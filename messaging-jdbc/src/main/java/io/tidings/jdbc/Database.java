package io.tidings.jdbc;

import io.tidings.message.InvalidContentException;
import io.tidings.message.InvalidNumberException;
import io.tidings.message.WordlessTrace;
import io.tidings.template.TemplateProblemException;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs the statements of the stores: each in the running transaction or as one of its own, with the tables' prefix and the
 * database's clock put in.
 *
 * <p>In a statement {@code tidings_} stands for the prefix and {@code {now}} for the clock in microseconds. Everything
 * else is a parameter. Safe for use by many threads.
 */
final class Database {
    private final JdbcTransactions transactions;
    private final Dialect dialect;
    private final Names names;
    private final int timeoutSeconds;
    private final ColumnCipher cipher;
    private final Map<String, String> texts = new ConcurrentHashMap<>();
    /** Microseconds that tests have stepped the clock on; zero outside tests. */
    private final AtomicLong offset;

    /** Gives the values of a statement, in order. */
    @FunctionalInterface
    interface Binder {
        void bind(Values values) throws SQLException;
    }

    /** Gives the values of one of many rows. */
    @FunctionalInterface
    interface RowBinder<T> {
        void bind(Values values, T row) throws SQLException;
    }

    /** Reads one row. */
    @FunctionalInterface
    interface Reader<T> {
        T read(Row row) throws SQLException;
    }

    /** No statement runs longer than the timeout, which is cut to whole seconds and at least one. */
    Database(JdbcTransactions transactions, Dialect dialect, Names names, Duration timeout) {
        this.timeoutSeconds = (int) Math.min(Integer.MAX_VALUE, Math.max(1, timeout.toSeconds()));
        this.transactions = transactions;
        this.dialect = dialect;
        this.names = names;
        this.cipher = new ClearColumns();
        this.offset = new AtomicLong();
    }

    private Database(JdbcTransactions transactions, ColumnCipher cipher, Database likewise) {
        this.cipher = cipher;
        this.timeoutSeconds = likewise.timeoutSeconds;
        this.transactions = transactions;
        this.dialect = likewise.dialect;
        this.names = likewise.names;
        this.offset = likewise.offset;
    }

    /** The same tables through other connections, such as those to a copy. */
    Database through(JdbcTransactions others) {
        return new Database(others, cipher, this);
    }

    /** The same tables with their values encrypted. */
    Database with(ColumnCipher other) {
        return new Database(transactions, other, this);
    }

    ColumnCipher cipher() {
        return cipher;
    }

    JdbcTransactions transactions() {
        return transactions;
    }

    Dialect dialect() {
        return dialect;
    }

    /** For tests: moves the clock of all statements. */
    void advance(Duration step) {
        offset.addAndGet(step.toNanos() / 1_000);
    }

    /** All rows. */
    <T> List<T> query(String sql, Binder binder, Reader<T> reader) {
        return transactions.once(() -> {
            try (PreparedStatement statement = prepare(sql)) {
                binder.bind(new Values(statement, dialect, cipher));
                try (ResultSet found = statement.executeQuery()) {
                    return read(found, reader);
                }
            } catch (SQLException e) {
                throw Failures.of("reading", e);
            }
        });
    }

    private <T> List<T> read(ResultSet found, Reader<T> reader) throws SQLException {
        List<T> rows = new ArrayList<>();
        Row row = new Row(found, dialect, cipher);
        while (found.next()) {
            rows.add(readable(row.first(), reader));
        }
        return rows;
    }

    /** What the values of a row refuse is no mistake of who asks for it. Their words may hold a number of somebody. */
    static <T> T readable(Row row, Reader<T> reader) throws SQLException {
        try {
            return reader.read(row);
        } catch (IllegalArgumentException
                | DateTimeException
                | InvalidNumberException
                | InvalidContentException
                | TemplateProblemException e) {
            throw new UnreadableRowException("a value in it is none that this version writes");
        }
    }

    /** The only row, if there is one. */
    <T> Optional<T> find(String sql, Binder binder, Reader<T> reader) {
        List<T> rows = query(sql, binder, reader);
        if (rows.size() > 1) {
            throw new IllegalStateException("one row was expected, " + rows.size() + " came");
        }
        return rows.stream().findFirst();
    }

    /** How many rows were changed. */
    int update(String sql, Binder binder) {
        return transactions.once(() -> {
            try (PreparedStatement statement = prepare(sql)) {
                binder.bind(new Values(statement, dialect, cipher));
                return statement.executeUpdate();
            } catch (SQLException e) {
                throw Failures.of("writing", e);
            }
        });
    }

    /** Inserts rows with one statement; throws {@link IllegalStateException} if one with the key of one is there. */
    void insertAll(String sql, Binder binder) {
        transactions.once(() -> {
            try (PreparedStatement statement = prepare(sql)) {
                binder.bind(new Values(statement, dialect, cipher));
                return statement.executeUpdate();
            } catch (SQLException e) {
                throw writing(e);
            }
        });
    }

    private static RuntimeException writing(SQLException e) {
        return Dialect.isDuplicate(e)
                ? new IllegalStateException("a row with this key is there already", WordlessTrace.of(e))
                : Failures.of("writing", e);
    }

    /** Inserts a row unless one with its key is there; never harms the transaction. Returns whether it was inserted. */
    boolean insert(String sql, Binder binder) {
        return insertOr(dialect.orSkip(sql), binder);
    }

    /** The same where the row is changed afterwards: {@code key} is a column of its key. */
    void ensure(String sql, String key, Binder binder) {
        insertOr(dialect.orHold(sql, key), binder);
    }

    private boolean insertOr(String sql, Binder binder) {
        return transactions.once(() -> {
            try (PreparedStatement statement = prepare(sql)) {
                binder.bind(new Values(statement, dialect, cipher));
                boolean inserted = statement.executeUpdate() > 0;
                if (inserted && statement.getWarnings() != null) {
                    // A database that was told to ignore duplicates may have cut a value as well.
                    throw Failures.of("writing, for a value does not fit", statement.getWarnings());
                }
                return inserted;
            } catch (SQLException e) {
                if (dialect.survivesFailures() && Dialect.isDuplicate(e)) {
                    return false;
                }
                throw Failures.of("writing", e);
            }
        });
    }

    /** One statement for many rows, in one round trip where the driver can. Returns how many rows each changed. */
    <T> int[] batch(String sql, Collection<T> rows, RowBinder<T> binder) {
        if (rows.isEmpty()) {
            return new int[0];
        }
        return transactions.run(() -> {
            try (PreparedStatement statement = prepare(sql)) {
                for (T row : rows) {
                    binder.bind(new Values(statement, dialect, cipher), row);
                    statement.addBatch();
                }
                return statement.executeBatch();
            } catch (SQLException e) {
                throw writing(e);
            }
        });
    }

    private PreparedStatement prepare(String sql) throws SQLException {
        PreparedStatement statement = transactions.connection().prepareStatement(text(sql));
        // To H2 it is a setting of the connection, and with each change it forgets all plans of all connections.
        if (statement.getQueryTimeout() != timeoutSeconds) {
            statement.setQueryTimeout(timeoutSeconds);
        }
        return statement;
    }

    /** The same text each time, so that drivers find the statement they have by it at once. */
    private String text(String sql) {
        long stepped = offset.get();
        return stepped == 0
                ? texts.computeIfAbsent(sql, text -> text(text, dialect.now()))
                : text(sql, "(" + dialect.now() + " + " + stepped + ")");
    }

    private String text(String sql, String now) {
        return names.in(sql).replace("{now}", now);
    }

    /** An SQL array, for PostgreSQL only. */
    <T> Array array(String type, Collection<T> all, Function<? super T, ?> value) throws SQLException {
        return transactions
                .connection()
                .createArrayOf(type, all.stream().map(value).toArray());
    }

    /** The same of what is given; the driver sends some types as they are, others as text. */
    Array array(String type, @Nullable Object[] all) throws SQLException {
        return transactions.connection().createArrayOf(type, all);
    }

    /** An SQL array of texts, for PostgreSQL and H2 only. */
    Array texts(Collection<String> values) throws SQLException {
        return transactions.connection().createArrayOf("varchar", values.toArray());
    }

    /** As many question marks, for {@code IN (…)}. */
    static String marks(int count) {
        return "?" + ", ?".repeat(Math.max(0, count - 1));
    }
}
