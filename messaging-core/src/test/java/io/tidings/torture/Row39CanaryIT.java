package io.tidings.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import io.tidings.Tidings;
import io.tidings.account.CredentialSource;
import io.tidings.account.Credentials;
import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import io.tidings.message.OutboundMessage;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Secret;
import io.tidings.message.TenantId;
import io.tidings.outbox.Receipt;
import io.tidings.retry.RetryPolicy;
import io.tidings.sandbox.Fault;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

/** A number, a text and a token that occur nowhere else go through every failure, with every logger at TRACE. */
@ExtendWith(Scoreboard.Keeper.class)
class Row39CanaryIT {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final String NUMBER = "2025550187";
    private static final String BODY = "zebrafinch-4711";
    private static final String TOKEN = "c0ffee00c0ffee11c0ffee22c0ffee33";

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final java.util.logging.Logger julRoot = java.util.logging.Logger.getLogger("");
    /** Everything that anybody said, with where it came from. */
    private final Queue<String> said = new ConcurrentLinkedQueue<>();

    private final Ears ears = new Ears();
    private final JulEars julEars = new JulEars();
    private Level level;
    private java.util.logging.Level julLevel;

    @BeforeEach
    void listen() {
        level = root.getLevel();
        julLevel = julRoot.getLevel();
        root.iteratorForAppenders().forEachRemaining(appender -> appender.addFilter(new Quiet()));
        ears.start();
        root.addAppender(ears);
        root.setLevel(Level.TRACE);
        julRoot.addHandler(julEars);
        julRoot.setLevel(java.util.logging.Level.ALL);
    }

    @AfterEach
    void leave() {
        root.setLevel(level);
        root.detachAppender(ears);
        root.iteratorForAppenders().forEachRemaining(appender -> appender.clearAllFilters());
        julRoot.removeHandler(julEars);
        julRoot.setLevel(julLevel);
    }

    @Test
    void nothing_private_is_said_by_logs_exceptions_or_values(Scoreboard board) {
        long seed = Scale.seed();
        Scoreboard.Row row = board.row("39", "no private data in what is said", seed);
        try (Scene scene = Scene.of(seed)
                .sandbox(settings -> settings.account("AC" + "0a".repeat(16), TOKEN))
                .twilio(settings -> settings.deadline(Duration.ofSeconds(1)).connectTimeout(Duration.ofSeconds(1)))
                .tidings(settings -> settings.repeatWindow(Duration.ofHours(1))
                        .retry(RetryPolicy.defaults().scaledBy(0.02))
                        .rates(io.tidings.dispatch.SenderRates.defaults()))
                .start()) {
            List<Fault> faults = faults();
            for (int i = 0; i < faults.size(); i++) {
                scene.sandbox.faults().next(1, faults.get(i));
                deal(scene, message(" " + i).build());
            }
            refusals(scene);
            mistakes(scene.tidings);
            scene.sandbox.stopListening();
            Receipt waiting =
                    say("receipt", scene.tidings.send(message(" while down").build()));
            Await.until(PATIENCE, () -> scene.tidings.standstill().isPresent());
            say("standstill", scene.tidings.standstill());
            say("health", scene.tidings.validate());
            say("cancel", scene.tidings.cancel(waiting.id()));
            scene.sandbox.resumeListening();
            say("dead letters", scene.tidings.deadLetters().groups());
            say("tidings", scene.tidings);
        }
        assertThat(hears()).as("a planted leak is found in both logs").isEqualTo(2);
        AtomicReference<String> worst = new AtomicReference<>();
        long hits = said.stream().filter(Row39CanaryIT::leaks).peek(worst::set).count();
        row.size("%d faults, TRACE everywhere", faults().size())
                .figure("%d hits in %d lines and values", hits, said.size());
        assertThat(worst.get()).isNull();
        assertThat(said).hasSizeGreaterThan(500);
        assertThat(said).anyMatch(line -> line.startsWith("log "));
        row.passed();
    }

    private static List<Fault> faults() {
        List<Fault> faults = new ArrayList<>();
        for (int status : new int[] {400, 403, 404, 408, 409, 500, 503}) {
            faults.add(new Fault.Answer(status, 20_000 + status));
        }
        for (int code : new int[] {21211, 21610, 21614, 21606, 30007}) {
            faults.add(new Fault.Answer(400, code));
        }
        faults.add(new Fault.Answer(200, 0, new Fault.Page("text/html", "<p>To +1" + NUMBER + ": " + BODY + "</p>")));
        faults.add(new Fault.Answer(
                400, 0, new Fault.Page("application/json", "{\"code\":21211,\"message\":\"To +1" + NUMBER + "\"}")));
        faults.add(new Fault.AcceptThenAnswer(500, 20500));
        for (Fault.CutPoint point : Fault.CutPoint.values()) {
            faults.add(new Fault.Cut(point));
        }
        faults.add(new Fault.Slow(Duration.ofMillis(1_500)));
        faults.add(new Fault.Throttle());
        faults.add(new Fault.Answer(401, 20003));
        return faults;
    }

    private static OutboundMessage.Builder message(String more) {
        return OutboundMessage.to(new PhoneNumber("+1" + NUMBER))
                .text(BODY + more)
                .tenant(new TenantId("t" + more.strip().hashCode()));
    }

    /** Sends, waits until something is known, and looks at it from all sides. */
    private void deal(Scene scene, OutboundMessage message) {
        Tidings tidings = scene.tidings;
        say("message", message);
        say("preview", tidings.preview(message));
        Receipt receipt = say("receipt", tidings.send(message));
        MessageId id = receipt.id();
        Await.until(PATIENCE, () -> {
            MessageStatus status = tidings.find(id).orElseThrow().status();
            return status.isTerminal() || status == MessageStatus.UNCERTAIN;
        });
        say("view", tidings.find(id));
        say("explanation", tidings.explain(id));
        say("explained", tidings.explain(id).orElseThrow().text());
        say("refreshed", tidings.refresh(id));
    }

    private void refusals(Scene scene) {
        TenantId tenant = new TenantId("out");
        PhoneNumber number = new PhoneNumber("+1" + NUMBER);
        scene.tidings.optOut(tenant, number, "test");
        say("consent", scene.tidings.consent().entries(tenant, number));
        say("refused", scene.tidings.send(message(" refused").tenant(tenant).build()));
        say("log entries", scene.sandbox.log().entries());
        say("messages", scene.sandbox.messages());
    }

    private void mistakes(Tidings tidings) {
        say("bad number", catchThrowable(() -> tidings.sms(NUMBER + "999999999", BODY)));
        say("bad number", catchThrowable(() -> tidings.sms("call " + NUMBER, BODY)));
        say("too long", catchThrowable(() -> tidings.sms("+1" + NUMBER, BODY.repeat(200))));
        say(
                "no template",
                catchThrowable(() -> tidings.sms()
                        .to("+1" + NUMBER)
                        .template("missing")
                        .with("name", BODY)
                        .send()));
        say("key", tidings.send(message(" key").key("k").build()));
        say("key", catchThrowable(() -> tidings.send(message(" other").key("k").build())));
        say("credentials", Credentials.authToken("AC" + "0a".repeat(16), new Secret(TOKEN)));
        say("credentials", CredentialSource.fixed(Credentials.authToken("AC" + "0a".repeat(16), new Secret(TOKEN))));
    }

    private <T> T say(String what, T value) {
        if (value instanceof Throwable thrown) {
            StringWriter trace = new StringWriter();
            thrown.printStackTrace(new PrintWriter(trace));
            said.add(what + ": " + trace);
        } else {
            said.add(what + ": " + value);
        }
        return value;
    }

    /** Says something private in both logs, and returns how often that was heard; it is forgotten then. */
    private int hears() {
        int before = said.size();
        LoggerFactory.getLogger("planted").trace("to +1{}", NUMBER);
        java.util.logging.Logger.getLogger("planted").finest("to +1" + NUMBER);
        List<String> heard =
                said.stream().skip(before).filter(Row39CanaryIT::leaks).toList();
        said.removeAll(heard);
        return heard.size();
    }

    private static boolean leaks(String line) {
        String basic = Base64.getEncoder()
                .encodeToString(("AC" + "0a".repeat(16) + ":" + TOKEN).getBytes(StandardCharsets.UTF_8));
        return line.contains(NUMBER)
                || line.contains("(202) 555-0187")
                || line.contains(BODY)
                || line.contains(TOKEN)
                || line.contains(basic);
    }

    /** Hears every event of slf4j. */
    private final class Ears extends AppenderBase<ILoggingEvent> {
        @Override
        protected void append(ILoggingEvent event) {
            String thrown = event.getThrowableProxy() == null
                    ? ""
                    : "\n" + ThrowableProxyUtil.asString(event.getThrowableProxy());
            said.add("log " + event.getLoggerName() + ": " + event.getFormattedMessage() + thrown);
        }
    }

    /** Hears every record of java.util.logging, which the JDK and OkHttp use. */
    private final class JulEars extends Handler {
        private final SimpleFormatter formatter = new SimpleFormatter();

        @Override
        public void publish(LogRecord event) {
            said.add("jul " + event.getLoggerName() + ": " + formatter.format(event));
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
