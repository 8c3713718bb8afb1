package io.tidings.inbound;

import static io.tidings.inbound.InboundScene.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.sun.net.httpserver.HttpServer;
import io.tidings.history.InboundRow;
import io.tidings.history.InboundState;
import io.tidings.message.Channel;
import io.tidings.message.InboundMessage;
import io.tidings.webhook.JdkHttpBinding;
import io.tidings.webhook.WebhookRequest;
import io.tidings.webhook.WebhookResponse;
import io.tidings.webhook.Webhooks;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Row 29 of the guarantees for what people send, and what the signature does not protect. */
class InboundDoorTest {
    private static final boolean FULL = "full".equals(System.getProperty("tidings.torture"));
    private static final long SEED = Long.getLong("tidings.seed", 20261121L);

    private final Logger log = (Logger) LoggerFactory.getLogger("io.tidings");
    private final Level before = log.getLevel();
    private final Random random = new Random(SEED);
    private final List<InboundMessage> handled = new ArrayList<>();
    private final InboundScene scene = new InboundScene(settings -> settings.onMessage(message -> {
        handled.add(message);
        return Reply.none();
    }));

    @BeforeEach
    void quiet() {
        // The random tests would warn many thousand times.
        log.setLevel(Level.OFF);
        System.out.println("tidings.seed=" + SEED);
    }

    @AfterEach
    void stop() {
        log.setLevel(before);
        scene.close();
    }

    private List<InboundRow> stored() {
        List<InboundRow> rows = new ArrayList<>();
        for (InboundState state : InboundState.values()) {
            rows.addAll(scene.stores.inbound().inState(state, Integer.MAX_VALUE));
        }
        return rows;
    }

    /** One request of many shapes; none of them rightly signed. */
    private WebhookRequest unsigned() {
        WebhookRequest good = scene.request(scene.form(CUSTOMER, pick("STOP", "START", "hello", "é😀")));
        byte[] body = damaged(good.body());
        Map<String, List<String>> headers = new HashMap<>(good.headers());
        if (random.nextBoolean() || java.util.Arrays.equals(body, good.body())) {
            headers.put("X-Twilio-Signature", List.of(pick("", "x", "AAAAAAAAAAAAAAAAAAAAAAAAAAA=", "\u0000", "é")));
        }
        if (random.nextInt(4) == 0) {
            headers.put(
                    "Content-Type", List.of(pick("text/plain", "application/json", "", ";", "multipart/form-data")));
        }
        String method = random.nextInt(4) > 0 ? "POST" : pick("GET", "PUT", "", "post");
        String target = random.nextInt(4) > 0
                ? good.target()
                : pick(
                        "/tidings/inbound/",
                        "/tidings//inbound",
                        "/tidings/inbound?a=%zz",
                        "/",
                        "",
                        "/tidings/inbound%00");
        return new WebhookRequest(method, target, headers, body);
    }

    private byte[] damaged(byte[] good) {
        byte[] bad = good.clone();
        for (int i = random.nextInt(4); i > 0; i--) {
            bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
        }
        return random.nextInt(10) == 0 ? java.util.Arrays.copyOf(bad, random.nextInt(70_000)) : bad;
    }

    private String pick(String... all) {
        return all[random.nextInt(all.length)];
    }

    @Test
    void nothing_unsigned_is_an_error_of_ours_or_changes_anything() {
        for (int i = 0; i < (FULL ? 1_000_000 : 20_000); i++) {
            assertThat(scene.tidings.webhooks().handle(unsigned()).status())
                    .as("round %d", i)
                    .isIn(400, 403, 404, 405, 413, 415);
        }
        assertThat(stored()).isEmpty();
    }

    @Test
    void a_rightly_signed_form_of_any_content_is_stored_or_refused_but_never_an_error_of_ours() {
        int kept = 0;
        int rounds = FULL ? 1_000_000 : 10_000;
        for (int i = 0; i < rounds; i++) {
            Map<String, String> form = scene.form(CUSTOMER, "hello");
            for (int j = random.nextInt(3); j > 0; j--) {
                form.put(
                        pick(
                                "Body",
                                "From",
                                "To",
                                "NumMedia",
                                "MediaUrl0",
                                "MediaUrl1",
                                "MediaContentType0",
                                "OptOutType",
                                "MessageSid",
                                "NumSegments",
                                "WaId",
                                "Latitude",
                                "ProfileName",
                                "é",
                                "Media",
                                "MediaUrl-1"),
                        pick(
                                "",
                                "1",
                                "-1",
                                "99999",
                                "99999999999",
                                "https://a.example/x",
                                "file:///etc/passwd",
                                "STOP",
                                "whatsapp:+12025550143",
                                "+1",
                                "text/html",
                                "a/b\r\nX: y",
                                "😀",
                                "x".repeat(5000),
                                "http:"));
            }
            int status = scene.deliver(form).status();
            assertThat(status).as("round %d", i).isIn(200, 400);
            kept += status == 200 ? 1 : 0;
        }
        assertThat(kept).isBetween(1, rounds - 1);
        scene.tidings.runDue();
        assertThat(stored()).allMatch(row -> row.state() == InboundState.DONE);
    }

    @Test
    void over_http_nothing_unsigned_is_an_error_of_ours_or_changes_anything() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", JdkHttpBinding.of(scene.tidings.webhooks()));
        server.start();
        try {
            HttpClient client = HttpClient.newHttpClient();
            URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/tidings/inbound");
            for (int i = 0; i < (FULL ? 100_000 : 2_000); i++) {
                WebhookRequest request = unsigned();
                var answer = client.send(
                        HttpRequest.newBuilder(address)
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .header("X-Twilio-Signature", "AAAAAAAAAAAAAAAAAAAAAAAAAAA=")
                                .POST(HttpRequest.BodyPublishers.ofByteArray(request.body()))
                                .build(),
                        BodyHandlers.discarding());
                assertThat(answer.statusCode()).as("round %d", i).isIn(400, 403, 413);
            }
        } finally {
            server.stop(0);
            threads.shutdownNow();
        }
        assertThat(stored()).isEmpty();
    }

    @Test
    void a_days_traffic_replayed_shuffled_twice_leaves_the_same_state() {
        List<Map<String, String>> day = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            String person = "+1202555%04d".formatted(100 + random.nextInt(40));
            Map<String, String> form = scene.form(person, pick("STOP", "START", "hello", "HELP", "order 42"));
            day.add(form);
            scene.deliver(form);
            scene.time.forward(java.time.Duration.ofSeconds(random.nextInt(100)));
            if (random.nextInt(5) == 0) {
                scene.tidings.runDue();
            }
        }
        scene.tidings.runDue();
        List<InboundRow> rows = stored();
        Map<String, Boolean> contact = contact();
        int calls = handled.size();

        for (int again = 0; again < 2; again++) {
            Collections.shuffle(day, random);
            day.forEach(form -> assertThat(scene.deliver(form).status()).isEqualTo(200));
            scene.tidings.runDue();
        }

        assertThat(stored()).containsExactlyInAnyOrderElementsOf(rows).hasSize(500);
        assertThat(contact()).isEqualTo(contact);
        assertThat(handled).hasSize(calls);
    }

    /** Whether an offer to each person would be refused. */
    private Map<String, Boolean> contact() {
        Map<String, Boolean> refused = new TreeMap<>();
        for (int i = 100; i < 140; i++) {
            String person = "+1202555%04d".formatted(i);
            refused.put(
                    person,
                    scene.tidings
                            .preview(io.tidings.message.OutboundMessage.to(new io.tidings.message.PhoneNumber(person))
                                    .text("An offer for number " + i)
                                    .build())
                            .receipt()
                            .isRefused());
        }
        assertThat(refused.values()).contains(true, false);
        return refused;
    }

    @Test
    void a_genuine_signature_over_other_cuts_of_the_text_changes_nothing_once_the_message_is_here() {
        for (int round = 0; round < (FULL ? 20_000 : 500); round++) {
            Map<String, String> form = scene.form(CUSTOMER, pick("STOP Club", "hello", "STARTBody", "FromCityX"));
            form.put("FromCountry", "US");
            WebhookRequest genuine = scene.request(form);
            scene.tidings.webhooks().handle(genuine);
            List<InboundRow> here = stored();
            WebhookRequest cut = new WebhookRequest("POST", genuine.target(), genuine.headers(), resliced(form));

            assertThat(scene.tidings.webhooks().handle(cut).status()).isIn(200, 400, 403);

            assertThat(stored()).hasSameSizeAs(here);
        }
    }

    /** The same signed text, cut at other places between names and values. */
    private byte[] resliced(Map<String, String> form) {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(form).forEach((name, value) -> text.append(name).append(value));
        StringBuilder body = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            int name = Math.min(text.length(), at + 1 + random.nextInt(20));
            int value = Math.min(text.length(), name + random.nextInt(40));
            body.append(body.length() == 0 ? "" : "&")
                    .append(java.net.URLEncoder.encode(text.substring(at, name), StandardCharsets.UTF_8))
                    .append('=')
                    .append(java.net.URLEncoder.encode(text.substring(name, value), StandardCharsets.UTF_8));
            at = value;
        }
        return body.toString().getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void a_picture_is_kept_by_address_and_type_and_never_fetched() {
        Map<String, String> form = scene.form(CUSTOMER, "");
        form.put("NumMedia", "2");
        form.put("MediaUrl0", "https://api.example.com/ME1");
        form.put("MediaContentType0", "image/jpeg");
        form.put("MediaUrl1", "https://api.example.com/ME2");
        form.put("ProfileName", "Ann");

        assertThat(scene.deliver(form).status()).isEqualTo(200);
        scene.tidings.runDue();

        assertThat(handled).singleElement().satisfies(message -> {
            assertThat(message.channel()).isEqualTo(Channel.MMS);
            assertThat(message.media())
                    .extracting(media -> media.url().getPath())
                    .containsExactly("/ME1", "/ME2");
            assertThat(message.media().get(1).type()).isEqualTo("application/octet-stream");
            assertThat(message.extra("ProfileName")).contains("Ann");
            assertThat(message.toString()).doesNotContain("0143", "ME1", "Ann");
        });
    }

    @Test
    void duplicates_and_wrong_counts_are_refused() {
        Map<String, String> tooFew = scene.form(CUSTOMER, "hello");
        tooFew.put("NumMedia", "1");
        assertThat(scene.deliver(tooFew).status()).isEqualTo(400);
        Map<String, String> mixed = scene.form("whatsapp:" + CUSTOMER, "hello");
        mixed.put("To", InboundScene.OURS);
        assertThat(scene.deliver(mixed).status()).isEqualTo(400);
        Map<String, String> withoutBody = scene.form(CUSTOMER, "hello");
        withoutBody.remove("Body");
        WebhookResponse answer = scene.deliver(withoutBody);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(stored()).isEmpty();
        assertThat(Webhooks.INBOUND_PATH).isEqualTo("/inbound");
    }
}
