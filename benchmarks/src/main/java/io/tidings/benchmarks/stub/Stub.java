package io.tidings.benchmarks.stub;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The stub's process, as the client sees it. */
public final class Stub implements AutoCloseable {
    public static final String ACCOUNT_SID = "AC" + "0123456789abcdef".repeat(2);
    /** What the stub signs its callbacks with. */
    public static final String AUTH_TOKEN = "secret";

    private static final int PATIENCE_MILLIS = 60_000;

    private final Process process;
    private final URI url;

    private Stub(Process process, URI url) {
        this.process = process;
        this.url = url;
    }

    public static Stub start() throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-Dorg.jboss.logging.provider=slf4j",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StubMain.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader printed = process.inputReader(StandardCharsets.US_ASCII);
        String port = printed.readLine();
        if (port == null) {
            throw new IOException("The stub did not start; its message is above.");
        }
        return new Stub(process, URI.create("http://127.0.0.1:" + port));
    }

    /** The date in microseconds: the same clock in both processes. */
    public static long micros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    public URI url() {
        return url;
    }

    /** The address of creates. */
    public URI messages() {
        return url.resolve("/2010-04-01/Accounts/" + ACCOUNT_SID + "/Messages.json");
    }

    /** Counts from zero again, and answers after this delay from now on. Only while nothing is under way. */
    public void reset(int delayMillis) {
        ask("reset", delayMillis);
    }

    /** Reports every message as delivered from now on, a little after its answer, to this port of this machine. */
    public void callBack(int port) {
        ask("callbacks", port);
    }

    /** POSTs since the last reset. */
    public int posts() {
        return Math.toIntExact(ask("posts", 0));
    }

    /** Waits until that many POSTs have come in; when the last of them did, in microseconds of the date. */
    public long await(int posts) {
        return ask("await", posts);
    }

    private long ask(String command, int number) {
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    url.resolve("/control/" + command + "?" + number).toURL().openConnection();
            connection.setReadTimeout(PATIENCE_MILLIS);
            return Long.parseLong(new String(connection.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException("The stub gave no answer to '" + command + " " + number + "'.", e);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
