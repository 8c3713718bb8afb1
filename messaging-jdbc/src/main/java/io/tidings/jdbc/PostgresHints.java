package io.tidings.jdbc;

import io.tidings.outbox.Hints;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hints between nodes by PostgreSQL's LISTEN and NOTIFY. A node that sends keeps one connection to listen on; telling
 * takes one for a moment, after a commit and not in it, at most every 20 ms. Connections must reach the server itself: a
 * pooler that hands a connection to another client between transactions loses notifications.
 *
 * <pre>{@code
 * Hints hints = PostgresHints.on(dataSource, connection -> {
 *     PGNotification[] heard = connection.unwrap(PGConnection.class).getNotifications(1_000);
 *     return heard != null && heard.length > 0;
 * });
 * }</pre>
 *
 * <p>A connection that breaks is replaced, at first after a second, then after twice as long each time up to 30, and the
 * node looks into the store then. Threads of its own, which start when they are needed. Safe for use by many threads.
 */
public final class PostgresHints implements Hints {
    private static final Logger log = LoggerFactory.getLogger(PostgresHints.class);
    private static final String TELL = "NOTIFY tidings_hint";
    private static final String LISTEN = "LISTEN tidings_hint";
    private static final String LEAVE = "UNLISTEN tidings_hint";
    private static final long APART = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long FIRST_PAUSE = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(30);
    /** For drivers that answer at once. */
    private static final long BETWEEN_LOOKS = TimeUnit.MILLISECONDS.toNanos(1);
    /** A second each: a server that went away without a word is noticed. */
    private static final int QUIET_LOOKS = 10;

    private static final int VALID_SECONDS = 5;

    private final DataSource pool;
    private final Driver driver;
    private final Semaphore told = new Semaphore(0);
    private final AtomicBoolean telling = new AtomicBoolean();
    private final Thread teller = new Thread(this::tellAll, "tidings-hints-tell");
    private volatile @Nullable Thread listener;
    private volatile boolean closed;

    /** Waits for notifications in the words of the host's driver, since JDBC has none for it. */
    @FunctionalInterface
    public interface Driver {
        /** Waits about a second for notifications on this connection, and tells whether any came. */
        boolean await(Connection connection) throws SQLException;
    }

    private PostgresHints(DataSource pool, Driver driver) {
        this.pool = pool;
        this.driver = driver;
        teller.setDaemon(true);
    }

    /** On connections of this source, which may be the pool of the stores. */
    public static PostgresHints on(DataSource source, Driver driver) {
        return new PostgresHints(source, driver);
    }

    @Override
    public void tell() {
        if (closed) {
            return;
        }
        if (telling.compareAndSet(false, true)) {
            teller.start();
        }
        if (told.availablePermits() == 0) {
            told.release();
        }
    }

    private void tellAll() {
        try {
            while (!closed) {
                told.acquire();
                told.drainPermits();
                tellOnce();
                LockSupport.parkNanos(APART);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tellOnce() {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(true);
            execute(connection, TELL);
        } catch (SQLException e) {
            log.debug("other nodes were not told, and find it with their next poll (SQLState {})", e.getSQLState());
        }
    }

    @Override
    public synchronized void listen(Runnable wake) {
        if (listener != null || closed) {
            throw new IllegalStateException(
                    "these hints have a node that listens, or are closed; each node needs its own");
        }
        Thread ear = new Thread(() -> listenAll(wake), "tidings-hints-listen");
        ear.setDaemon(true);
        listener = ear;
        ear.start();
    }

    private void listenAll(Runnable wake) {
        long pause = FIRST_PAUSE;
        while (!closed) {
            boolean heard = false;
            try (Connection connection = pool.getConnection()) {
                connection.setAutoCommit(true);
                execute(connection, LISTEN);
                heard = true;
                // Whatever was told while nobody listened.
                wake.run();
                listenOn(connection, wake);
                execute(connection, LEAVE);
            } catch (SQLException e) {
                pause = heard ? FIRST_PAUSE : Math.min(LONGEST_PAUSE, 2 * pause);
                log.warn("no hints of other nodes, who are found by polling, for now (SQLState {})", e.getSQLState());
                LockSupport.parkNanos(pause);
            }
        }
    }

    private void listenOn(Connection connection, Runnable wake) throws SQLException {
        int quiet = 0;
        while (!closed) {
            if (driver.await(connection)) {
                quiet = 0;
                wake.run();
            } else if (++quiet % QUIET_LOOKS == 0 && !connection.isValid(VALID_SECONDS)) {
                throw new SQLException("the connection is gone", "08006");
            } else {
                LockSupport.parkNanos(BETWEEN_LOOKS);
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Ends both; a connection that is being listened on goes back within about a second. */
    @Override
    public void close() {
        closed = true;
        teller.interrupt();
        Thread ear = listener;
        if (ear != null) {
            LockSupport.unpark(ear);
        }
    }
}
