package io.tidings.twilio;

import static io.tidings.twilio.RawServer.response;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import com.twilio.http.HttpMethod;
import com.twilio.http.Request;
import com.twilio.http.TwilioRestClient;
import io.tidings.message.PhoneNumber;
import io.tidings.provider.ListQuery;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** With everything logged at the finest level, no number, text or token shows anywhere. */
class NothingLeaksTest {
    private static final List<String> CANARIES =
            List.of(Samples.TO.substring(1), Samples.FROM.substring(1), "canary", "bad number", "Ann");

    private final List<String> said = new CopyOnWriteArrayList<>();
    private final Slf4jTap slf4j = new Slf4jTap();
    private final JulTap jul = new JulTap();
    private final ch.qos.logback.classic.Logger root =
            (ch.qos.logback.classic.Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Logger julRoot = LogManager.getLogManager().getLogger("");
    private Level levelBefore;
    private java.util.logging.Level julLevelBefore;
    private RawServer server;

    @BeforeEach
    void listen() throws IOException {
        server = new RawServer();
        levelBefore = root.getLevel();
        julLevelBefore = julRoot.getLevel();
        root.setLevel(Level.TRACE);
        julRoot.setLevel(java.util.logging.Level.ALL);
        slf4j.setContext(root.getLoggerContext());
        slf4j.start();
        root.addAppender(slf4j);
        julRoot.addHandler(jul);
    }

    @AfterEach
    void stopListening() throws IOException {
        root.detachAppender(slf4j);
        root.setLevel(levelBefore);
        julRoot.removeHandler(jul);
        julRoot.setLevel(julLevelBefore);
        server.close();
    }

    @Test
    void not_in_logs_outcomes_or_answers() {
        List<RawServer.Script> scripts = List.of(
                exchange -> exchange.write(response(201, Samples.created())),
                exchange -> exchange.write(response(400, Samples.error(21211))),
                exchange -> exchange.write(response(500, "The bad number " + Samples.TO)),
                exchange -> exchange.write(response(201, "not json, but canary " + Samples.TO)),
                exchange -> exchange.write("canary " + Samples.TO + "\r\n\r\n"),
                exchange -> exchange.write(response(308, "", "Location: /canary?To=" + Samples.TO)),
                RawServer.Exchange::reset,
                RawServer.Exchange::hang);
        for (RawServer.Script script : scripts) {
            server.answering(script).answeringReads(script);
            try (TwilioProvider provider = Samples.provider(server, Duration.ofMillis(300))) {
                keep(provider.send(Samples.submission()), provider.cancel(Samples.SID), provider.fetch(Samples.SID));
                keep(provider.list(new ListQuery(new PhoneNumber(Samples.TO), Instant.EPOCH, 10)));
                keep(provider.check(), provider, Samples.submission(), Samples.credentials());
            }
        }

        assertThat(said).hasSizeGreaterThan(scripts.size() * 7);
        assertClean();
    }

    @Test
    void not_in_exceptions_or_what_is_printed_of_the_transport() {
        server.answering(exchange -> exchange.write("canary " + Samples.TO + "\r\n\r\n"));
        try (OneShotClient http = new OneShotClient(
                new OneShotClient.Limits(
                        1,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        OneShotClient.Way.STRAIGHT),
                okhttp3.HttpUrl.get(server.uri()))) {
            QuietRestClient client = new QuietRestClient(Samples::credentials, http, null, null);
            Request request = request();
            try {
                client.request(request);
            } catch (NoAnswerException e) {
                StringWriter trace = new StringWriter();
                e.printStackTrace(new PrintWriter(trace));
                keep(trace, request, http, client);
            }
        }

        assertThat(said).anyMatch(line -> line.contains("NoAnswerException"));
        assertClean();
    }

    /** The taps work: they hear the SDK's own client print the recipient. */
    @Test
    void the_sdk_by_itself_would_print_the_recipient() {
        new TwilioRestClient.Builder("user", "password").build().logRequest(request());

        assertThat(said).anyMatch(line -> line.contains(Samples.TO));
    }

    private static Request request() {
        Request request = new Request(HttpMethod.POST, "api", "/2010-04-01/Accounts/AC/Messages.json");
        request.addQueryParam("To", Samples.TO);
        request.addPostParam("Body", Samples.TEXT);
        return request;
    }

    private void keep(Object... things) {
        Stream.of(things).map(String::valueOf).forEach(said::add);
    }

    private void assertClean() {
        assertThat(said).allSatisfy(line -> assertThat(line).doesNotContain(CANARIES));
    }

    private final class Slf4jTap extends AppenderBase<ILoggingEvent> {
        @Override
        protected void append(ILoggingEvent event) {
            said.add(event.getFormattedMessage());
            if (event.getThrowableProxy() != null) {
                said.add(ThrowableProxyUtil.asString(event.getThrowableProxy()));
            }
        }
    }

    private final class JulTap extends Handler {
        @Override
        public void publish(LogRecord entry) {
            keep(entry.getMessage(), entry.getThrown());
            if (entry.getParameters() != null) {
                keep(entry.getParameters());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
