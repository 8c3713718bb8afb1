package io.tidings.spring.torture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidings.sandbox.Delays;
import io.tidings.sandbox.Fault;
import io.tidings.sandbox.HandsetProfile;
import io.tidings.sandbox.Sandbox;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Row 39 as a host has it: a number, a text, a key, a tag and secrets that occur nowhere else go over the API through what can go
 * wrong, in an application that logs all of Tidings and shows every endpoint of the actuator. They come out nowhere: not on the
 * console with its logs, in no endpoint or metric, and in no answer that is a problem.
 */
@ExtendWith(SharedServer.class)
class Row39CanaryOverHttpIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MESSAGES = Size.of(60, 3_000);
    private static final String NUMBER = "2025550187";
    private static final String TEXT = "zebrafinch-4711";
    private static final String KEY = "quokka-visit";
    private static final String TAG = "ocelot-99";
    private static final String TOKEN = "c0ffee00c0ffee11c0ffee22c0ffee33";
    private static final String ACCOUNT = "AC" + "0a".repeat(16);
    private static final String SECRET = "a secret that only the axolotl knows";
    private static final String WRONG = "a-guessed-secret-of-a-wombat";
    private static final List<String> CANARIES = List.of(
            NUMBER,
            "202) 555-0187",
            "202-555-0187",
            "202 555 0187",
            TEXT,
            KEY,
            TAG,
            TOKEN,
            SECRET,
            WRONG,
            Settings.BEARER.substring(Settings.BEARER.indexOf('.') + 1),
            Base64.getEncoder().encodeToString((ACCOUNT + ":" + TOKEN).getBytes(StandardCharsets.UTF_8)));

    /** Where something came out, by what. */
    private final Map<String, String> leaks = new LinkedHashMap<>();

    private final Map<String, AtomicInteger> heard = new LinkedHashMap<>();

    private boolean hear(String sink, String where, String said) {
        heard.computeIfAbsent(sink, name -> new AtomicInteger()).incrementAndGet();
        List<String> found = CANARIES.stream().filter(said::contains).toList();
        found.forEach(canary -> leaks.putIfAbsent(sink + " " + where + ": " + canary, excerpt(said, canary)));
        return !found.isEmpty();
    }

    private static String excerpt(String said, String canary) {
        int at = said.indexOf(canary);
        return said.substring(Math.max(0, at - 300), Math.min(said.length(), at + 100));
    }

    @Test
    void nothing_private_comes_out_of_an_application(Database database) throws Exception {
        long seed = Size.seed();
        try (Board row = Board.row("39", "canary over HTTP", seed, MESSAGES + " messages");
                Sandbox sandbox = Sandbox.builder()
                        .seed(seed)
                        .account(ACCOUNT, TOKEN)
                        .sender(AppMain.SENDER, 100_000)
                        .handsets(HandsetProfile.allDelivered())
                        .delays(Delays.realistic().times(0.02))
                        .start();
                Jvm process = Jvm.start(AppMain.class, List.of("-Xmx256m"), settings(database, sandbox))) {
            Api api = new Api(Integer.parseInt(process.told(AppMain.LISTENS)));
            sandbox.detour(Settings.PUBLIC, "http://127.0.0.1:" + api.port());
            sandbox.inboundWebhook(AppMain.SENDER, Settings.PUBLIC + "/tidings/webhooks/inbound");
            live(api, sandbox);
            assertThat(Await.until(
                            Duration.ofMinutes(1),
                            () -> sandbox.log().finalStatuses().size() > MESSAGES / 2))
                    .as(database.told())
                    .isTrue();
            problems(api);
            actuator(api);
            process.all().lines().forEach(line -> hear("console", "", line));

            row.figure("heard %s, %d hits", heard, leaks.size());
            assertThat(leaks).isEmpty();
            assertThat(process.all()).contains("TRACE", "io.tidings");
            assertThat(hear(
                            "planted",
                            "",
                            api.get("/tidings/api/v1/messages?limit=1").body()))
                    .as("the API itself tells who may read")
                    .isTrue();
            row.passed();
        }
    }

    private static List<String> settings(Database database, Sandbox sandbox) {
        return Settings.of(database.url(), sandbox)
                .with("torture.horizon", Duration.ofSeconds(2))
                .with("tidings.secret", SECRET)
                .with("tidings.watch.interval", "1s")
                .with("logging.level.io.tidings", "TRACE")
                .with("logging.level.root", "INFO")
                .with("management.endpoints.web.exposure.include", "*")
                .with("management.endpoints.web.exposure.exclude", "heapdump,shutdown")
                .with("management.endpoint.health.show-details", "always")
                .arguments();
    }

    /** Texts that arrive and texts that do not, a person who writes, and one who wants no more. */
    private static void live(Api api, Sandbox sandbox) throws IOException {
        for (int code : new int[] {21211, 21610, 21614, 21606, 30007}) {
            sandbox.faults().next(1, new Fault.Answer(400, code));
        }
        sandbox.faults().next(1, new Fault.Answer(200, 0, new Fault.Page("text/html", NUMBER + " " + TEXT)));
        sandbox.faults()
                .next(
                        1,
                        new Fault.Answer(
                                400,
                                0,
                                new Fault.Page(
                                        "application/json",
                                        "{\"code\":21211,\"message\":\"to +1" + NUMBER + ": " + TEXT + "\"}")));
        sandbox.faults().next(1, new Fault.AcceptThenAnswer(500, 20500));
        for (Fault.CutPoint point : Fault.CutPoint.values()) {
            sandbox.faults().next(1, new Fault.Cut(point));
        }
        sandbox.faults().next(1, new Fault.Throttle());
        for (int i = 0; i < MESSAGES; i++) {
            // Each in a tenant of its own, so that what ends one does not keep the next from leaving.
            assertThat(api.call(api.message(message(i)).header("X-Tidings-Tenant", "t" + i))
                            .status())
                    .isEqualTo(201);
        }
        sandbox.reply("+1" + NUMBER, AppMain.SENDER, TEXT);
        sandbox.reply("+12025550188", AppMain.SENDER, "STOP " + TEXT);
        api.post("/consent/+12025550189/opt-out", "{\"actor\":\"desk\",\"words\":\"" + TEXT + "\"}");
    }

    private static String message(int number) {
        return "{\"to\":\"+1" + NUMBER + "\",\"text\":\"" + TEXT + " " + number
                + "\",\"allowRepeat\":true,\"tags\":{\"visit\":\"" + TAG + "\"}}";
    }

    /** What callers do wrong. */
    private void problems(Api api) throws IOException {
        List<String> bodies = List.of(
                "{\"to\":\"" + NUMBER + "\",\"text\":\"" + TEXT + "\"}",
                "{\"to\":\"+1" + NUMBER + "999999\",\"text\":\"" + TEXT + "\"}",
                "{\"to\":\"call +1" + NUMBER + "\",\"text\":\"" + TEXT + "\"}",
                "{\"to\":\"+1" + NUMBER + "\",\"text\":\"" + TEXT.repeat(300) + "\"}",
                "{\"to\":\"+1" + NUMBER + "\",\"text\":\"" + TEXT + "\",\"at\":\"" + TEXT + "\"}",
                "{\"to\":\"+1" + NUMBER + "\",\"text\":\"" + TEXT + "\",\"category\":\"" + TEXT + "\"}",
                "{\"to\":\"+1" + NUMBER + "\",\"text\":\"" + TEXT + "\",\"from\":\"" + TEXT + " " + NUMBER + "\"}",
                "{\"to\":\"+1" + NUMBER + "\",\"text\":[\"" + TEXT + "\"]}",
                "{\"to\":\"+1" + NUMBER + "\",\"text\":\"" + TEXT + "\",\"more\":\"" + TAG + "\"}",
                "{\"to\":\"+1" + NUMBER + "\",\"template\":{\"name\":\"missing\",\"variables\":{\"a\":\"" + TEXT
                        + "\"}}}",
                "{\"to\":\"+1" + NUMBER + "\",\"text\":\"" + TEXT + "\",\"tags\":{\"visit\":\"" + TAG.repeat(200)
                        + "\"}}",
                "{\"to\":\"+1" + NUMBER + "\",\"text\":\"" + TEXT + "\"",
                TEXT + NUMBER);
        for (String body : bodies) {
            problem("body", api.post("/messages", body));
        }
        assertThat(api.text(KEY, "+1" + NUMBER, TEXT + " first").status()).isEqualTo(201);
        problem("key used twice", api.text(KEY, "+1" + NUMBER, TEXT + " second"));
        problem("batch with a key", api.text(KEY, "+1" + NUMBER + "0000000", TEXT));
        problem("query", api.get("/tidings/api/v1/messages?to=" + NUMBER + TEXT));
        problem("query", api.get("/tidings/api/v1/messages?status=" + TEXT));
        problem("number", api.get("/tidings/api/v1/consent/" + NUMBER));
        problem("message", api.get("/tidings/api/v1/messages/" + TEXT));
        problem("path", api.get("/tidings/api/v1/" + TEXT));
        problem(
                "key",
                api.call(HttpRequest.newBuilder(api.url("/tidings/api/v1/messages"))
                        .header("Authorization", "Bearer tests." + WRONG)));
        problem(
                "webhook",
                api.call(HttpRequest.newBuilder(api.url("/tidings/webhooks/inbound"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("X-Twilio-Signature", "bm90IHNpZ25lZA==")
                        .POST(BodyPublishers.ofString("From=%2B1" + NUMBER + "&Body=" + TEXT))));
    }

    private void problem(String what, Api.Told told) {
        assertThat(told.status()).as(what + " " + told.body()).isBetween(400, 499);
        hear("problem", what, told.body());
    }

    /** Every endpoint, and what its addresses with a gap are for: metrics and loggers. */
    private void actuator(Api api) throws IOException {
        List<String> paths = new ArrayList<>();
        JSON.readTree(api.get("/actuator").body())
                .get("_links")
                .forEach(link -> paths.add(link.get("href").textValue().replaceFirst("https?://[^/]*", "")));
        JSON.readTree(api.get("/actuator/metrics").body())
                .get("names")
                .forEach(name -> paths.add("/actuator/metrics/" + name.textValue()));
        for (String path : paths) {
            if (!path.contains("{")) {
                Api.Told told = api.get(path);
                assertThat(told.status()).as(path).isLessThan(500);
                hear("actuator", path, told.body());
            }
        }
        for (String gap : List.of("health/tidings", "env/tidings.twilio.auth-token", "env/tidings.secret")) {
            hear("actuator", gap, api.get("/actuator/" + gap).body());
        }
        assertThat(paths).anyMatch(path -> path.contains("tidings"));
        JsonNode metrics = JSON.readTree(api.get("/actuator/metrics").body()).get("names");
        assertThat(metrics.toString()).contains("tidings.");
    }
}
