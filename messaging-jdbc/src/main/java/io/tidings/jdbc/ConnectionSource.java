package io.tidings.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Where the stores get their connections, and how they join a transaction of the host.
 *
 * <p>A connection belongs either to us, who then begin, commit and close, or to a transaction of the host, and then we do
 * none of these. The source says which; autocommit does not tell, because many pools hand out connections with it off.
 * Implementations are safe for use by many threads.
 */
public interface ConnectionSource {

    /** The connection for work on the calling thread. */
    Lent lend() throws SQLException;

    /**
     * Runs the hint soon after the host's transaction that lent this connection has committed, if the source can tell.
     * Only a hint: the queue is polled as well.
     */
    void afterCommit(Connection connection, Runnable hint);

    /**
     * A connection for one piece of work.
     *
     * @param connection the connection
     * @param hosts whether it is in a transaction of the host, which is neither ended nor closed by us
     */
    record Lent(Connection connection, boolean hosts) {}

    /** Every piece of work is a transaction of its own on a connection of this pool; see {@link HostConnections} to join. */
    static ConnectionSource of(DataSource pool) {
        return new HostConnections(pool);
    }
}
