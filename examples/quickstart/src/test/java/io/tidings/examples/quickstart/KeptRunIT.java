package io.tidings.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.sandbox.SandboxLog;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process is killed from outside, amid its texts; the next one goes on from the H2 file. */
class KeptRunIT {
    private static final String LAST =
            "accepted=\\d+ delivered=\\d+ failed=\\d+ refused=\\d+ given_up=\\d+ policy_duplicates=\\d+"
                    + " duplicates=0 lost=0 audit=intact";

    private final List<Process> started = new ArrayList<>();

    @TempDir
    private Path folder;

    /** The simulated Twilio outlives those who start it. */
    @AfterEach
    void end() throws IOException {
        started.forEach(Process::destroyForcibly);
        Path kept = folder.resolve("run/run.properties");
        if (Files.exists(kept)) {
            Properties run = new Properties();
            run.load(new StringReader(Files.readString(kept)));
            ProcessHandle.of(Long.parseLong(run.getProperty("pid"))).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    @Test
    void a_run_that_is_killed_goes_on_when_it_is_started_again_and_nothing_is_lost_or_doubled() throws Exception {
        Path run = folder.resolve("run");
        Process first = start(run, "first");
        int before = waitForTexts(first, run.resolve("sandbox.log"), 150);
        first.destroyForcibly();
        assertThat(first.waitFor(10, TimeUnit.SECONDS)).isTrue();

        Process second = start(run, "second");

        assertThat(second.waitFor(400, TimeUnit.SECONDS)).as("it ends").isTrue();
        List<String> said = Files.readAllLines(folder.resolve("second"));
        System.out.println("killed after " + before + " texts: " + said.get(said.size() - 1));
        assertThat(said.get(0)).contains("goes on");
        // Not that it exits with 0: see what docs/database.md says of a callback answered just before a kill.
        assertThat(said.get(said.size() - 1)).as(String.join("\n", said)).matches(LAST);
        assertThat(SandboxLog.read(run.resolve("sandbox.log")).accepted()).hasSizeGreaterThan(before);
    }

    private static int waitForTexts(Process process, Path log, int count) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(180);
        while (true) {
            int accepted = Files.exists(log) ? SandboxLog.read(log).accepted().size() : 0;
            if (accepted >= count) {
                return accepted;
            }
            assertThat(process.isAlive()).as("it runs until it is killed").isTrue();
            assertThat(System.nanoTime() - end).as("texts leave").isNegative();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    private Process start(Path run, String output) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-cp",
                System.getProperty("java.class.path"),
                QuickstartMain.class.getName(),
                "--seed",
                "11",
                "--keep",
                run.toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(output).toFile())
                .start();
        started.add(process);
        return process;
    }
}
