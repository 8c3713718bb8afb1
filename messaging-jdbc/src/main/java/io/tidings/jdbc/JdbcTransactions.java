package io.tidings.jdbc;

import io.tidings.jdbc.ConnectionSource.Lent;
import io.tidings.message.UnitOfWork;
import io.tidings.message.WordlessTrace;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One transaction over all stores: the host's where there is one, else one of our own.
 *
 * <p>Of our own, nested work that throws takes the whole transaction with it. In a transaction of the host a savepoint
 * protects what the host did before, so that it may go on after an exception.
 */
final class JdbcTransactions implements UnitOfWork {
    private static final Logger log = LoggerFactory.getLogger(JdbcTransactions.class);

    private final ConnectionSource source;
    private final boolean readCommitted;
    /** Held during a transaction of our own, if only one may run at a time. */
    private final @Nullable ReentrantLock turn;

    @SuppressWarnings("ThreadLocalUsage") // one for each set of stores; emptied when the outermost work ends
    private final ThreadLocal<@Nullable Session> current = new ThreadLocal<>();

    /** What runs on a thread until the outermost work ends. */
    private static final class Session {
        private final Lent lent;
        private final List<Runnable> hints = new ArrayList<>();
        private boolean broken;
        private @Nullable Savepoint savepoint;

        Session(Lent lent) {
            this.lent = lent;
        }
    }

    /**
     * Begins transactions of our own as told.
     *
     * @param source lends connections
     * @param readCommitted whether READ COMMITTED is asked for
     * @param oneAtATime whether each waits until the one before has committed
     */
    JdbcTransactions(ConnectionSource source, boolean readCommitted, boolean oneAtATime) {
        this.source = source;
        this.readCommitted = readCommitted;
        this.turn = oneAtATime ? new ReentrantLock() : null;
    }

    @Override
    public <T> T run(Supplier<T> work) {
        Session outer = current.get();
        if (outer != null) {
            return join(outer, work);
        }
        Session session = new Session(lend());
        current.set(session);
        try {
            return session.lent.hosts() ? onHosts(session, work) : onOurs(session, work);
        } finally {
            current.remove();
        }
    }

    /** Runs one statement: in the running work if there is one, else alone, with no commit to wait for afterwards. */
    <T> T once(Supplier<T> statement) {
        Session outer = current.get();
        if (outer != null) {
            return join(outer, statement);
        }
        Session session = new Session(lend());
        current.set(session);
        try {
            if (session.lent.hosts()) {
                return onHosts(session, statement);
            }
            return commitsEach(session) ? alone(session, statement) : onOurs(session, statement);
        } finally {
            current.remove();
        }
    }

    private boolean commitsEach(Session session) {
        try {
            return !readCommitted && turn == null && session.lent.connection().getAutoCommit();
        } catch (SQLException e) {
            close(session.lent.connection());
            throw Failures.of("asking a connection whether it commits each statement", e);
        }
    }

    private static <T> T alone(Session session, Supplier<T> statement) {
        try {
            return statement.get();
        } finally {
            close(session.lent.connection());
        }
    }

    private Lent lend() {
        try {
            return source.lend();
        } catch (SQLException e) {
            throw Failures.of("opening a connection", e);
        }
    }

    private static <T> T join(Session outer, Supplier<T> work) {
        try {
            return work.get();
        } catch (Throwable e) {
            outer.broken = true;
            throw e;
        }
    }

    private <T> T onOurs(Session session, Supplier<T> work) {
        T result;
        if (turn == null) {
            result = transaction(session, work);
        } else {
            turn.lock();
            try {
                result = transaction(session, work);
            } finally {
                turn.unlock();
            }
        }
        current.remove();
        session.hints.forEach(Runnable::run);
        return result;
    }

    private <T> T transaction(Session session, Supplier<T> work) {
        Connection connection = session.lent.connection();
        boolean autoCommit = begin(connection);
        T result;
        try {
            result = work.get();
            if (session.broken) {
                throw new IllegalStateException("work inside this transaction failed, so it cannot commit any more");
            }
            commit(connection);
        } catch (Throwable e) {
            rollback(connection);
            throw e;
        } finally {
            giveBack(connection, autoCommit);
        }
        return result;
    }

    /** Returns what autocommit is to be set to again. */
    private boolean begin(Connection connection) {
        try {
            boolean autoCommit = connection.getAutoCommit();
            if (readCommitted && connection.getTransactionIsolation() != Connection.TRANSACTION_READ_COMMITTED) {
                connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            }
            if (autoCommit) {
                connection.setAutoCommit(false);
            }
            return autoCommit;
        } catch (SQLException e) {
            close(connection);
            throw Failures.of("beginning a transaction", e);
        }
    }

    private static void commit(Connection connection) {
        try {
            connection.commit();
        } catch (SQLException e) {
            throw Failures.of("committing, so whether it did is unknown", e);
        }
    }

    private static void rollback(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            log.debug("a transaction could not be rolled back; its connection ends it", WordlessTrace.of(e));
        }
    }

    private static void giveBack(Connection connection, boolean autoCommit) {
        try {
            if (autoCommit) {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            log.debug("autocommit could not be set again", WordlessTrace.of(e));
        }
        close(connection);
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            log.debug("a connection could not be closed", WordlessTrace.of(e));
        }
    }

    private <T> T onHosts(Session session, Supplier<T> work) {
        Connection connection = session.lent.connection();
        T result;
        try {
            result = work.get();
            if (session.broken) {
                throw new IllegalStateException("work inside this call failed, so none of it is kept");
            }
        } catch (Throwable e) {
            undo(connection, session.savepoint);
            throw e;
        }
        release(connection, session.savepoint);
        session.hints.forEach(hint -> source.afterCommit(connection, hint));
        return result;
    }

    private static void undo(Connection connection, @Nullable Savepoint savepoint) {
        if (savepoint == null) {
            return;
        }
        try {
            connection.rollback(savepoint);
        } catch (SQLException e) {
            log.warn("what a call wrote could not be undone in the host's transaction; it must roll back");
        }
    }

    private static void release(Connection connection, @Nullable Savepoint savepoint) {
        if (savepoint == null) {
            return;
        }
        try {
            connection.releaseSavepoint(savepoint);
        } catch (SQLException e) {
            throw Failures.of("releasing a savepoint", e);
        }
    }

    @Override
    public void afterCommit(Runnable hint) {
        Session session = current.get();
        if (session == null) {
            hint.run();
        } else {
            session.hints.add(hint);
        }
    }

    /** Whether work runs on this thread. */
    boolean areRunning() {
        return current.get() != null;
    }

    /** The connection of the running work. */
    Connection connection() {
        Session session = current.get();
        if (session == null) {
            throw new IllegalStateException("statements are made inside run(...)");
        }
        return session.lent.connection();
    }

    /**
     * Says that the running work is about to write more than one statement that stands alone: in a transaction of the
     * host a savepoint is set, once.
     */
    void protectHost() {
        Session session = current.get();
        if (session != null && session.lent.hosts() && session.savepoint == null) {
            try {
                session.savepoint = session.lent.connection().setSavepoint();
            } catch (SQLException e) {
                throw Failures.of("setting a savepoint in the host's transaction", e);
            }
        }
    }
}
