package io.tidings.examples.quickstart;

import io.tidings.account.TidingsSecret;
import io.tidings.audit.Checkpoint;
import io.tidings.examples.quickstart.SandboxJob.Plan;
import io.tidings.jdbc.JdbcStores;
import io.tidings.message.Secret;
import io.tidings.message.TimeSource;
import io.tidings.outbox.Stores;
import io.tidings.sandbox.SandboxLog;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jspecify.annotations.Nullable;

/**
 * Where a run leaves what must outlive it: in a folder, with an H2 file, the checkpoints, and the simulated Twilio in a
 * process of its own; or, without a folder, nowhere.
 */
final class Keep implements AutoCloseable {
    private static final String RUN = "run.properties";

    private final @Nullable Path folder;
    private final Properties run = new Properties();
    private @Nullable JdbcConnectionPool pool;

    private Keep(@Nullable Path folder) {
        this.folder = folder;
    }

    /** Everything in memory. */
    static Keep nowhere() {
        return new Keep(null);
    }

    /** Everything in this folder, which is made if it is not there. */
    static Keep in(Path folder) {
        Keep keep = new Keep(folder);
        try {
            Files.createDirectories(folder);
            keep.load();
        } catch (IOException e) {
            throw new UsageException("--keep needs a folder that can be written: " + folder);
        }
        return keep;
    }

    private void load() throws IOException {
        Path file = file(RUN);
        if (Files.exists(file)) {
            try (InputStream in = Files.newInputStream(file)) {
                run.load(in);
            }
        }
    }

    private Path file(String name) {
        if (folder == null) {
            throw new IllegalStateException("nothing is kept");
        }
        return folder.resolve(name);
    }

    /** The seed of the run that is kept here, or this one if a new one begins. */
    long seed(long otherwise) {
        return Long.parseLong(run.getProperty("seed", Long.toString(otherwise)));
    }

    /** Whether a run was begun here before. */
    boolean isResumed() {
        return run.containsKey("url");
    }

    /** How long all texts may take. In a file one transaction waits for the other, so slow machines need longer there. */
    Duration longestRun() {
        return Duration.ofSeconds(folder == null ? 50 : 240);
    }

    /** The port for the callbacks: the same as before, because that is where they are sent. 0 for any. */
    int port() {
        return Integer.parseInt(run.getProperty("port", "0"));
    }

    TidingsSecret secret() {
        String kept = run.getProperty("secret");
        if (kept == null) {
            byte[] bytes = new byte[32];
            new SecureRandom().nextBytes(bytes);
            kept = HexFormat.of().formatHex(bytes);
            run.setProperty("secret", kept);
        }
        return TidingsSecret.of(new Secret(kept));
    }

    Stores stores(TimeSource time) {
        if (folder == null) {
            return Stores.inMemory(time);
        }
        // With a delay of writes, what was committed in the last half second would die with the process. Small pages,
        // because each commit appends those that it changed. Plans for all statements, not for 8.
        pool = JdbcConnectionPool.create(
                "jdbc:h2:file:" + file("tidings").toAbsolutePath()
                        + ";PAGE_SIZE=4096;WRITE_DELAY=0;QUERY_CACHE_SIZE=256;DB_CLOSE_ON_EXIT=FALSE",
                "sa",
                "");
        pool.setMaxConnections(16);
        return JdbcStores.on(pool).open();
    }

    /** The simulated Twilio: the one of before if a run goes on. */
    Carrier carrier(Plan plan) {
        if (folder == null) {
            return Carrier.inside(plan);
        }
        long pid = isResumed() ? Long.parseLong(run.getProperty("pid")) : launch(plan);
        if (ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty()) {
            throw new UsageException("the simulated Twilio of the run in " + folder + " has ended, so it cannot go on;"
                    + " name another folder to begin anew");
        }
        return new Carrier(
                run.getProperty("url"),
                run.getProperty("account"),
                run.getProperty("token"),
                () -> SandboxLog.read(file("sandbox.log")),
                () -> {});
    }

    private long launch(Plan plan) {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-Dsun.net.httpserver.nodelay=true",
                "-Dsun.net.httpserver.maxIdleConnections=4096",
                "-cp",
                System.getProperty("java.class.path"),
                CarrierMain.class.getName(),
                Long.toString(plan.seed()),
                plan.hostility(),
                Double.toString(plan.factor()),
                file("sandbox.log").toString());
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(file("sandbox.err").toFile())
                    .start();
            String line = process.inputReader(StandardCharsets.UTF_8).readLine();
            if (line == null) {
                throw new IllegalStateException("the simulated Twilio did not start; see sandbox.err in " + folder);
            }
            String[] said = line.split(" ", -1);
            run.setProperty("pid", Long.toString(process.pid()));
            run.setProperty("url", said[0]);
            run.setProperty("account", said[1]);
            run.setProperty("token", said[2]);
            return process.pid();
        } catch (IOException e) {
            throw new UncheckedIOException("the simulated Twilio could not be started", e);
        }
    }

    /** Remembers what a run that goes on needs. Call it before the first text is sent. */
    void begun(long seed, int port) {
        if (folder == null) {
            return;
        }
        run.setProperty("seed", Long.toString(seed));
        run.setProperty("port", Integer.toString(port));
        try {
            Path file = file(RUN);
            Files.deleteIfExists(file);
            Files.createFile(file);
            if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            }
            try (OutputStream out = Files.newOutputStream(file)) {
                run.store(out, "a run of the quickstart; the secret is for this run only");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the folder of the run cannot be written", e);
        }
    }

    /** The checkpoints of earlier parts of the run. */
    List<Checkpoint> checkpoints() {
        List<Checkpoint> kept = new ArrayList<>();
        try {
            if (folder != null && Files.exists(file("checkpoints"))) {
                for (String line : Files.readAllLines(file("checkpoints"))) {
                    kept.add(Checkpoint.parse(line));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the checkpoints cannot be read", e);
        }
        return kept;
    }

    void keep(Checkpoint checkpoint) {
        if (folder == null) {
            return;
        }
        try {
            Files.writeString(
                    file("checkpoints"),
                    checkpoint.line() + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("the checkpoint cannot be kept", e);
        }
    }

    /** The run has ended: its simulated Twilio is no longer needed. */
    void ended() {
        if (folder != null) {
            ProcessHandle.of(Long.parseLong(run.getProperty("pid"))).ifPresent(ProcessHandle::destroy);
        }
    }

    @Override
    public void close() {
        if (pool != null) {
            pool.dispose();
        }
    }
}
