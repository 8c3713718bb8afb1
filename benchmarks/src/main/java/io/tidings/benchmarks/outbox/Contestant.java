package io.tidings.benchmarks.outbox;

import io.tidings.benchmarks.Database;
import java.sql.SQLException;
import java.util.List;

/** Somebody who stores jobs durably and works them off. */
interface Contestant {

    /** The name in the table. */
    String name();

    /** Makes its tables in an empty database, with no worker at work. */
    Backlog open(Database database) throws Exception;

    /** Jobs that are stored, and the workers that are not started yet. */
    interface Backlog extends AutoCloseable {

        /** Stores these texts with one commit. */
        void enqueue(List<String> texts) throws Exception;

        /** Lets the workers begin; each job counts itself when its work is done. */
        void start(Jobs jobs) throws Exception;

        /** Whether everything that a job leaves behind is committed; asked when all have counted themselves. */
        default boolean isSettled() throws Exception {
            return true;
        }

        @Override
        void close() throws SQLException;
    }
}
