package io.tidings.torture;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.slf4j.LoggerFactory;

/** What occurs nowhere else, and ears at all twelve sinks for it. Safe for use by many threads; close it to leave. */
final class Canary implements AutoCloseable {
    static final String NUMBER = "2025550187";
    static final String BODY = "zebrafinch-4711";
    static final String KEY = "visit-quokka-1" + NUMBER;
    static final String TOKEN = "c0ffee00c0ffee11c0ffee22c0ffee33";
    static final String SECRET = "a secret that only the axolotl knows";
    static final String ACCOUNT = "AC" + "0a".repeat(16);
    private static final int SHOWN = 20;

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final java.util.logging.Logger julRoot = java.util.logging.Logger.getLogger("");
    private final Set<String> secrets = ConcurrentHashMap.newKeySet();
    private final Map<Sink, AtomicInteger> heard = new EnumMap<>(Sink.class);
    private final ConcurrentLinkedQueue<String> leaks = new ConcurrentLinkedQueue<>();
    private final Ears ears = new Ears();
    private final JulEars julEars = new JulEars();
    private final Level level = root.getLevel();
    private final java.util.logging.Level julLevel = julRoot.getLevel();
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final ByteArrayOutputStream console = new ByteArrayOutputStream();
    private final Thread.UncaughtExceptionHandler last = Thread.getDefaultUncaughtExceptionHandler();

    Canary() {
        for (Sink sink : Sink.values()) {
            heard.put(sink, new AtomicInteger());
        }
        secrets.addAll(List.of(NUMBER, "202) 555-0187", "202-555-0187", "202 555 0187", BODY, "quokka", TOKEN, SECRET));
        secrets.add(basic(ACCOUNT, TOKEN));
        root.iteratorForAppenders().forEachRemaining(appender -> appender.addFilter(new Quiet()));
        ears.start();
        root.addAppender(ears);
        root.setLevel(Level.TRACE);
        julRoot.addHandler(julEars);
        julRoot.setLevel(java.util.logging.Level.ALL);
        PrintStream tee = new PrintStream(console, true, StandardCharsets.UTF_8);
        System.setOut(tee);
        System.setErr(tee);
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> hear(Sink.UNCAUGHT, thread, trace(thrown)));
    }

    /** One more thing that must not come out, alone or in a header. */
    void guard(String username, String secret) {
        secrets.add(secret);
        secrets.add(basic(username, secret));
    }

    private static String basic(String username, String secret) {
        return Base64.getEncoder().encodeToString((username + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }

    private static String trace(Throwable thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }

    /** Listens to what came out, and returns it. */
    <T> T hear(Sink sink, Object where, T said) {
        String words = said instanceof Throwable thrown ? trace(thrown) : String.valueOf(said);
        heard.get(sink).incrementAndGet();
        if (secrets.stream().anyMatch(words::contains)) {
            leaks.add(sink + " " + where + ": " + words);
        }
        return said;
    }

    void threads() {
        Thread.getAllStackTraces().keySet().forEach(thread -> hear(Sink.THREAD_NAME, thread.getId(), thread.getName()));
    }

    /** Whether each of the given sinks hears a leak that is planted; the planted ones are forgotten. */
    boolean isAwake() throws InterruptedException {
        int before = leaks.size();
        LoggerFactory.getLogger("planted").trace("to +1{}", NUMBER);
        java.util.logging.Logger.getLogger("planted").finest("to +1" + NUMBER);
        hear(Sink.EXCEPTION, "planted", new IllegalStateException("no", new IllegalArgumentException(BODY)));
        Thread dying = new Thread(() -> {
            throw new IllegalStateException(TOKEN);
        });
        dying.start();
        dying.join();
        int planted = leaks.size() - before;
        leaks.removeIf(leak -> leak.contains("planted") || (leak.startsWith("UNCAUGHT") && leak.contains(TOKEN)));
        return planted == 4;
    }

    List<String> leaks() {
        return leaks.stream().limit(SHOWN).toList();
    }

    int heard(Sink sink) {
        return heard.get(sink).get();
    }

    String figures() {
        List<String> each = new ArrayList<>();
        heard.forEach((sink, count) -> each.add(sink + " " + count));
        return leaks.size() + " hits; heard " + String.join(", ", each);
    }

    /** Takes the console back and listens to what was said there. */
    void listenToConsole() {
        System.setOut(out);
        System.setErr(err);
        console.toString(StandardCharsets.UTF_8).lines().forEach(line -> hear(Sink.CONSOLE, "", line));
    }

    @Override
    public void close() {
        System.setOut(out);
        System.setErr(err);
        Thread.setDefaultUncaughtExceptionHandler(last);
        root.setLevel(level);
        root.detachAppender(ears);
        root.iteratorForAppenders().forEachRemaining(appender -> appender.clearAllFilters());
        julRoot.removeHandler(julEars);
        julRoot.setLevel(julLevel);
    }

    private final class Ears extends AppenderBase<ILoggingEvent> {
        @Override
        protected void append(ILoggingEvent event) {
            String thrown =
                    event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy());
            String said = event.getFormattedMessage() + event.getMDCPropertyMap() + thrown;
            hear(Sink.LOG, event.getLoggerName(), said);
        }
    }

    /**
     * The sandbox is built on the JDK's own HTTP server, which logs the address of each request: in Twilio's place stands
     * the recipient of a list there. What Tidings says to it is heard where it is said.
     */
    private final class JulEars extends Handler {
        private static final String SERVER = "com.sun.net.httpserver";

        private final SimpleFormatter formatter = new SimpleFormatter();

        @Override
        public void publish(LogRecord event) {
            if (SERVER.equals(event.getLoggerName())) {
                return;
            }
            hear(Sink.JUL_LOG, event.getLoggerName(), formatter.format(event));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    /** Keeps the console readable meanwhile. */
    private static final class Quiet extends ch.qos.logback.core.filter.Filter<ILoggingEvent> {
        @Override
        public ch.qos.logback.core.spi.FilterReply decide(ILoggingEvent event) {
            return event.getLevel().isGreaterOrEqual(Level.WARN)
                    ? ch.qos.logback.core.spi.FilterReply.NEUTRAL
                    : ch.qos.logback.core.spi.FilterReply.DENY;
        }
    }
}
