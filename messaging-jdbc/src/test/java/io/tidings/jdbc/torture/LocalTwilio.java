package io.tidings.jdbc.torture;

import io.tidings.sandbox.SandboxLog;
import io.tidings.sandbox.SandboxMain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A sandbox in a process of its own, which outlives every node; its log is the ground truth. */
final class LocalTwilio implements AutoCloseable {
    static final String SENDER = "55512";
    static final List<String> SENDERS = List.of(SENDER, "55513", "55514");
    private static final Pattern LISTENING =
            Pattern.compile("sandbox listening on (\\S+) account=(\\S+) token=(\\S+) seed=.*");

    private final Jvm process;
    private final Path log;
    final String url;
    final String account;
    final String token;

    private LocalTwilio(Jvm process, Path log) {
        this.process = process;
        this.log = log;
        Matcher line = LISTENING.matcher(process.line());
        if (!line.matches()) {
            throw new IllegalStateException("the sandbox said something else than where it listens");
        }
        url = line.group(1);
        account = line.group(2);
        token = line.group(3);
    }

    static LocalTwilio start(long seed, String... more) {
        try {
            Path log = Files.createTempDirectory("tidings-twilio").resolve("sandbox.log");
            List<String> arguments = new ArrayList<>(List.of(
                    "--seed", Long.toString(seed), "--log", log.toString(), "--delays", "0.02", "--deliver-all"));
            SENDERS.forEach(sender -> arguments.addAll(List.of("--sender", sender + "=100000")));
            arguments.addAll(List.of(more));
            return new LocalTwilio(Jvm.start(SandboxMain.class.getName(), arguments), log);
        } catch (IOException e) {
            throw new UncheckedIOException("there is no folder for the log", e);
        }
    }

    /** What it has taken in until now. */
    SandboxLog truth() {
        return SandboxLog.read(log);
    }

    @Override
    public void close() {
        process.close();
    }
}
