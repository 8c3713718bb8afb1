package io.tidings.benchmarks.bulk;

import io.tidings.benchmarks.Database;
import io.tidings.benchmarks.stub.Stub;
import io.undertow.server.HttpHandler;
import java.nio.file.Path;
import java.sql.SQLException;

/** Somebody who texts everyone in a file and follows each text to its end. */
interface Contestant {

    /** The name in the table. */
    String name();

    /** Makes its tables and gets ready to be called back. */
    Campaign open(Stub stub, Database database) throws Exception;

    /** One file's way. */
    interface Campaign extends AutoCloseable {

        /** What answers the provider's callbacks; runs on a thread that may block. */
        HttpHandler callbacks();

        /** Starts the file and returns when every row is stored, sent or not. */
        void send(Path file) throws Exception;

        /** How many messages are known to be delivered. */
        long delivered() throws Exception;

        @Override
        void close() throws SQLException;
    }
}
