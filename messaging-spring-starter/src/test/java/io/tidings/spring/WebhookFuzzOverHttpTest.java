package io.tidings.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.Tidings;
import io.tidings.message.MessageId;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Secret;
import io.tidings.message.TenantId;
import io.tidings.outbox.MessageView;
import io.tidings.sandbox.Sandbox;
import io.tidings.test.SignedWebhook;
import io.tidings.webhook.WebhookCounts;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.servlet.autoconfigure.HttpEncodingAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.AnnotationConfigServletWebServerApplicationContext;

/**
 * Broken webhooks over raw sockets, through the filter as it is registered, to a real Tomcat: none breaks it, and none changes
 * anything unless it is signed.
 */
class WebhookFuzzOverHttpTest {
    private static final boolean FULL = "full".equals(System.getProperty("tidings.torture"));
    private static final long SEED = Long.getLong("tidings.seed", 20261130L);
    private static final int REQUESTS = Integer.getInteger("tidings.fuzz", FULL ? 100_000 : 2_000);
    private static final URI INBOUND = URI.create("https://shop.example.com/tidings/webhooks/inbound");
    private static final PhoneNumber ANA = new PhoneNumber("+12025550143");
    private static final String FORM = "application/x-www-form-urlencoded";

    private final Random random = new Random(SEED);

    private final WebApplicationContextRunner runner = new WebApplicationContextRunner(
                    AnnotationConfigServletWebServerApplicationContext::new)
            .withConfiguration(AutoConfigurations.of(
                    TomcatServletWebServerAutoConfiguration.class,
                    HttpEncodingAutoConfiguration.class,
                    SandboxTransportAutoConfiguration.class,
                    TidingsStoresAutoConfiguration.class,
                    TidingsAutoConfiguration.class,
                    TidingsWebhookAutoConfiguration.class))
            .withPropertyValues(
                    "server.port=0",
                    "server.address=127.0.0.1",
                    "tidings.provider=sandbox",
                    "tidings.store=memory",
                    "tidings.public-url=https://shop.example.com");

    /** One connection, kept as long as the server keeps it. */
    private static final class Wire implements AutoCloseable {
        private final int port;
        private Socket socket = new Socket();

        Wire(int port) {
            this.port = port;
        }

        int status(byte[] request) throws IOException {
            for (int tries = 0; ; tries++) {
                if (!socket.isConnected() || socket.isClosed()) {
                    socket = new Socket(InetAddress.getLoopbackAddress(), port);
                    socket.setTcpNoDelay(true);
                    socket.setSoTimeout(30_000);
                }
                try {
                    socket.getOutputStream().write(request);
                    int status = answer();
                    if (status > 0) {
                        return status;
                    }
                } catch (IOException reset) {
                    // Tomcat hangs up on what is no HTTP; the next try has a connection of its own.
                }
                socket.close();
                if (tries == 1) {
                    return 0;
                }
            }
        }

        /** The status of the answer, which is read to its end; 0 if there was none. */
        private int answer() throws IOException {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            String line = line(in);
            if (!line.startsWith("HTTP/1.1 ")) {
                return 0;
            }
            int status = Integer.parseInt(line.substring(9, 12));
            int length = -1;
            boolean closes = false;
            for (String header = line(in); !header.isEmpty(); header = line(in)) {
                String lower = header.toLowerCase(Locale.ROOT);
                length = lower.startsWith("content-length:")
                        ? Integer.parseInt(lower.substring(15).strip())
                        : length;
                closes |= lower.equals("connection: close") || lower.startsWith("transfer-encoding");
            }
            if (length > 0) {
                in.readNBytes(length);
            }
            if (closes || (length < 0 && status != 204)) {
                socket.close();
            }
            return status;
        }

        private static String line(InputStream in) throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int next = in.read(); next != '\n'; next = in.read()) {
                if (next < 0) {
                    return "";
                }
                line.write(next);
            }
            return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    /** A right request, of which one or more things are then made wrong. */
    private byte[] broken(SignedWebhook right, Secret token) {
        String method = pick("POST", "POST", "POST", "POST", "GET", "PUT", "DELETE", "PATCH", "OPTIONS", "po st");
        String path = pick(
                "/inbound",
                "/inbound",
                "/inbound",
                "/inbound?x=" + random.nextInt(),
                "/status/k1/x.1.y",
                "/",
                "/inbound/%00",
                "/%ff",
                "/inbound;a=b",
                "//inbound",
                "/../inbound",
                "/status/" + "a".repeat(random.nextInt(3000)));
        byte[] body = right.body();
        String signature = right.signature(token);
        String type = pick(
                FORM,
                FORM,
                FORM,
                FORM + "; charset=utf-8",
                FORM + "; charset=x",
                "application/json",
                "text/plain",
                "x",
                "");
        switch (random.nextInt(5)) {
            case 0 -> signature = pick("", "x", "bm90IHNpZ25lZA==", signature.substring(1), signature + "=", "\u00e9");
            case 1 -> body = flipped(body);
            case 2 -> body = bytes(random.nextInt(random.nextInt(20) == 0 ? 70_000 : 500));
            case 3 -> body = ("a=1&".repeat(random.nextInt(400)) + "From=%zz").getBytes(StandardCharsets.UTF_8);
            default -> signature = right.with("Z", "1").signature(token);
        }
        boolean lies = random.nextInt(40) == 0;
        String length = lies ? pick("-1", "x", "0", "5") : Integer.toString(body.length);
        String head = method + " /tidings/webhooks" + path + " HTTP/1.1\r\nHost: "
                + (random.nextInt(20) == 0 ? "x y" : pick("shop.example.com", "127.0.0.1"))
                + "\r\nContent-Type: " + type + "\r\nX-Twilio-Signature: " + signature + "\r\n"
                + (random.nextInt(20) == 0 ? "X-Twilio-Signature: second\r\n" : "")
                + (random.nextInt(20) == 0 ? "X-Forwarded-Host: evil.example.com\r\n" : "")
                + (lies ? "Connection: close\r\n" : "") + "Content-Length: " + length + "\r\n\r\n";
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
        whole.writeBytes(body);
        return whole.toByteArray();
    }

    private String pick(String... all) {
        return all[random.nextInt(all.length)];
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] flipped(byte[] right) {
        byte[] wrong = right.clone();
        int at = random.nextInt(wrong.length);
        // Not bit 5: %2b says the same as %2B, so that such a request would still be signed.
        wrong[at] = (byte) (wrong[at] ^ new int[] {1, 2, 4, 8, 16, 64}[random.nextInt(6)]);
        return wrong;
    }

    @Test
    void whatever_comes_none_breaks_it_and_nothing_unsigned_changes_anything() {
        System.out.println("webhook fuzz: seed " + SEED + ", " + REQUESTS + " requests");
        runner.run(context -> {
            Tidings tidings = context.getBean(Tidings.class);
            Secret token = new Secret(context.getBean(Sandbox.class).authToken());
            MessageId waiting = tidings.sms(ANA.e164(), "Ready.").id();
            MessageView before = tidings.find(waiting).orElseThrow();
            Map<Integer, Integer> statuses = new TreeMap<>();
            try (Wire wire = new Wire(port(context))) {
                for (int i = 0; i < REQUESTS; i++) {
                    SignedWebhook right = SignedWebhook.inbound(
                            INBOUND, "SM%032x".formatted(i), ANA.e164(), "+12025550100", pick("STOP", "START", "hi"));
                    int status = wire.status(broken(right, token));
                    statuses.merge(status, 1, Integer::sum);
                    assertThat(status)
                            .as("seed %s, request %s", SEED, i)
                            .satisfiesAnyOf(
                                    none -> assertThat(none).isZero(),
                                    told -> assertThat(told).isBetween(400, 499));
                }
            }
            System.out.println("webhook fuzz: answers " + statuses);
            assertThat(statuses.getOrDefault(403, 0)).as("most are forbidden").isGreaterThan(REQUESTS / 3);
            WebhookCounts counts = tidings.webhooks().counts();
            assertThat(counts.received() + counts.kept() + counts.orphaned() + counts.unavailable())
                    .isZero();
            assertThat(tidings.conversation(TenantId.DEFAULT, ANA)).hasSize(1);
            assertThat(tidings.consent().entries(TenantId.DEFAULT, ANA)).isEmpty();
            assertThat(tidings.find(waiting).orElseThrow().status()).isEqualTo(before.status());
            assertThat(tidings.counts().values()).containsExactly(1L);
            assertThat(intact(context, token))
                    .as("the same, if nothing is wrong")
                    .isEqualTo(200);
            assertThat(tidings.conversation(TenantId.DEFAULT, ANA)).hasSize(2);
        });
    }

    private static int intact(AssertableWebApplicationContext context, Secret token) throws IOException {
        SignedWebhook right = SignedWebhook.inbound(INBOUND, "SM" + "f".repeat(32), ANA.e164(), "+12025550100", "hi");
        String head = "POST /tidings/webhooks/inbound HTTP/1.1\r\nHost: shop.example.com\r\nContent-Type: " + FORM
                + "\r\nX-Twilio-Signature: " + right.signature(token) + "\r\nContent-Length: " + right.body().length
                + "\r\n\r\n";
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
        whole.writeBytes(right.body());
        try (Wire wire = new Wire(port(context))) {
            return wire.status(whole.toByteArray());
        }
    }

    private static int port(AssertableWebApplicationContext context) {
        return ((AnnotationConfigServletWebServerApplicationContext) context.getSourceApplicationContext())
                .getWebServer()
                .getPort();
    }
}
