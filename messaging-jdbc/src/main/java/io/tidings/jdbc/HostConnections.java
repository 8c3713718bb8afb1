package io.tidings.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Connections of a pool, and those on which the host has begun a transaction itself: the way to {@code send()} inside a
 * transaction without a framework.
 *
 * <pre>{@code
 * connection.setAutoCommit(false);
 * orders.save(connection, order);
 * hosts.within(connection, () -> tidings.send(message)); // leaves if and only if this connection commits
 * connection.commit();
 * hosts.committed();
 * }</pre>
 *
 * <p>Safe for use by many threads; {@link #within} holds for the calling thread.
 */
public final class HostConnections implements ConnectionSource {
    private final DataSource pool;

    @SuppressWarnings("ThreadLocalUsage") // one for each pool; emptied when the outermost work ends
    private final ThreadLocal<@Nullable Connection> joined = new ThreadLocal<>();

    @SuppressWarnings("ThreadLocalUsage") // one for each pool; emptied by committed()
    private final ThreadLocal<List<Runnable>> hints = ThreadLocal.withInitial(ArrayList::new);

    /** Takes connections of its own from this pool, which may be the host's. */
    public HostConnections(DataSource pool) {
        this.pool = pool;
    }

    /**
     * Runs the work so that everything it stores is part of the transaction on this connection.
     *
     * @throws IllegalArgumentException if the connection commits each statement by itself
     */
    public <T> T within(Connection connection, Supplier<T> work) {
        requireTransaction(connection);
        Connection before = joined.get();
        joined.set(connection);
        try {
            return work.get();
        } finally {
            if (before == null) {
                joined.remove();
            } else {
                joined.set(before);
            }
        }
    }

    /** Tells that what was sent on this thread has been committed, so that it leaves now and not with the next poll. */
    public void committed() {
        List<Runnable> due = List.copyOf(hints.get());
        hints.remove();
        due.forEach(Runnable::run);
    }

    private static void requireTransaction(Connection connection) {
        try {
            if (connection.getAutoCommit()) {
                throw new IllegalArgumentException("the connection commits every statement by itself, so there is no"
                        + " transaction to join; call setAutoCommit(false) first");
            }
        } catch (SQLException e) {
            throw Failures.of("asking the host's connection for its transaction", e);
        }
    }

    @Override
    public Lent lend() throws SQLException {
        Connection hosts = joined.get();
        return hosts == null ? new Lent(pool.getConnection(), false) : new Lent(hosts, true);
    }

    @Override
    public void afterCommit(Connection connection, Runnable hint) {
        List<Runnable> waiting = hints.get();
        if (waiting.size() < 1_000) {
            waiting.add(hint);
        }
    }
}
