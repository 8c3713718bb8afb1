package io.tidings.sandbox;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/**
 * Runs a sandbox as its own process until it is killed. Prints one line when it listens:
 * {@code sandbox listening on http://127.0.0.1:PORT account=AC… token=… seed=N}.
 *
 * <p>Arguments: {@code --port N}, {@code --seed N}, {@code --log FILE}, {@code --account SID:TOKEN}, {@code --delays FACTOR}
 * (1 realistic, 0 none), {@code --sender ADDRESS[=SEGMENTS_PER_SECOND]} (repeatable), {@code --concurrency N},
 * {@code --deliver-all}, {@code --hostile} or {@code --hostile=calm|hostile|brutal}. Anything else ends the program with status 2 and a sentence.
 */
public final class SandboxMain {
    private SandboxMain() {}

    /** Starts the sandbox. */
    public static void main(String[] arguments) throws InterruptedException {
        try {
            Sandbox sandbox = parse(arguments).start();
            Runtime.getRuntime().addShutdownHook(new Thread(sandbox::close));
            System.out.println("sandbox listening on " + sandbox.url() + " account=" + sandbox.accountSid() + " token="
                    + sandbox.authToken() + " seed=" + sandbox.seed());
            System.out.flush();
        } catch (IllegalArgumentException | java.io.UncheckedIOException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
        new CountDownLatch(1).await();
    }

    static SandboxBuilder parse(String[] arguments) {
        SandboxBuilder builder = Sandbox.builder();
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].equals("--deliver-all")) {
                builder.handsets(HandsetProfile.allDelivered());
            } else if (arguments[i].equals("--hostile")) {
                builder.hostile(Hostility.hostile());
            } else if (arguments[i].startsWith("--hostile=")) {
                builder.hostile(Hostility.named(arguments[i].substring(10)));
            } else if (i + 1 < arguments.length) {
                set(builder, arguments[i], arguments[++i]);
            } else {
                throw new IllegalArgumentException("The argument " + arguments[i] + " is not known or lacks its value."
                        + " Known: --port N --seed N --log FILE --account SID:TOKEN --delays FACTOR"
                        + " --sender ADDRESS[=SEGMENTS_PER_SECOND] --concurrency N --deliver-all"
                        + " --hostile[=calm|hostile|brutal]");
            }
        }
        return builder;
    }

    private static void set(SandboxBuilder builder, String name, String value) {
        try {
            switch (name) {
                case "--port" -> builder.port(Integer.parseInt(value));
                case "--seed" -> builder.seed(Long.parseLong(value));
                case "--log" -> builder.logFile(Path.of(value));
                case "--delays" -> builder.delays(Delays.realistic().times(Double.parseDouble(value)));
                case "--concurrency" -> builder.concurrencyLimit(Integer.parseInt(value));
                case "--sender" -> sender(builder, value.split("=", 2));
                case "--account" -> account(builder, value.split(":", 2));
                default -> throw new IllegalArgumentException("The argument " + name + " is not known");
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("The argument " + name + " needs a number", e);
        }
    }

    private static void sender(SandboxBuilder builder, String[] parts) {
        if (parts.length == 1) {
            builder.sender(parts[0]);
        } else {
            builder.sender(parts[0], Double.parseDouble(parts[1]));
        }
    }

    private static void account(SandboxBuilder builder, String[] parts) {
        if (parts.length < 2) {
            throw new IllegalArgumentException("The argument --account needs SID:TOKEN");
        }
        builder.account(parts[0], parts[1]);
    }
}
