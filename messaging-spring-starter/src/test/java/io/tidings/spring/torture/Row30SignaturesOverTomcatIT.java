package io.tidings.spring.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.sandbox.Sandbox;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Row 30 over HTTP: requests with random addresses and parameters, signed by Twilio's rule as it is written down here a second
 * time, come to a Tomcat as they were signed or changed a little. Those are taken whose signature is right for what came, and
 * no others: in what is answered, and in what is stored.
 */
@ExtendWith(SharedServer.class)
class Row30SignaturesOverTomcatIT {
    private static final int REQUESTS = Size.of(2_000, 100_000);
    private static final String WEBHOOKS = "/tidings/webhooks";
    /** How many parameters a text has here that are looked at; the names of all others begin with an x. */
    private static final int KNOWN = 6;
    /** What addresses are made of. A fragment never comes over the wire. */
    private static final List<String> PIECES = List.of(
            "a", "Z", "7", "-", "_", "~", ".x", "%20", "%C3%A9", "%26", "+", "=", "&", ":", "@", ",", "!", "*", "'",
            "%7E");

    private static final List<String> VALUES = List.of(
            "", "a", "B", "hello", "1", "é", "€", "😀", " ", "+", "&", "=", "%41", "\r\n", "a b", "-0", "\"", "<x>",
            "日本");

    /** A parameter of a form. */
    private record Field(String name, String value) {
        String encoded() {
            return URLEncoder.encode(name, StandardCharsets.UTF_8)
                    + "="
                    + URLEncoder.encode(value, StandardCharsets.UTF_8);
        }
    }

    /**
     * What comes over the wire.
     *
     * @param tail of the address, behind the path of the webhooks
     * @param fields of the form
     * @param signature in its header
     */
    private record Request(String tail, List<Field> fields, String signature) {
        Request withTail(String other) {
            return new Request(other, fields, signature);
        }

        Request withFields(List<Field> others) {
            return new Request(tail, others, signature);
        }

        Request withSignature(String other) {
            return new Request(tail, fields, other);
        }

        /** What it is answered with a right signature: a text, one that has something twice, or an address that nobody made. */
        int answer() {
            if (!tail.split("\\?", 2)[0].equals("/inbound")) {
                return 404;
            }
            return fields.stream()
                                    .filter(field -> !field.name().startsWith("x"))
                                    .count()
                            == KNOWN
                    ? 200
                    : 400;
        }

        byte[] bytes() {
            byte[] body = fields.stream()
                    .map(Field::encoded)
                    .collect(Collectors.joining("&"))
                    .getBytes(StandardCharsets.UTF_8);
            String head = String.join(
                    "\r\n",
                    "POST " + WEBHOOKS + tail + " HTTP/1.1",
                    "Host: 127.0.0.1",
                    "Content-Type: application/x-www-form-urlencoded",
                    "X-Twilio-Signature: " + signature,
                    "Content-Length: " + body.length,
                    "",
                    "");
            byte[] start = head.getBytes(StandardCharsets.US_ASCII);
            byte[] whole = new byte[start.length + body.length];
            System.arraycopy(start, 0, whole, 0, start.length);
            System.arraycopy(body, 0, whole, start.length, body.length);
            return whole;
        }
    }

    @Test
    void what_is_signed_right_is_taken_and_nothing_else(Database database) throws Exception {
        long seed = Size.seed();
        SplittableRandom random = new SplittableRandom(seed);
        try (Board row = Board.row("30", "signatures over Tomcat", seed, REQUESTS + " requests");
                Sandbox sandbox =
                        Sandbox.builder().seed(seed).sender(AppMain.SENDER).start();
                Host host = Host.start(
                        Settings.of(database.url(), sandbox)
                                .with("torture.horizon", Duration.ofHours(1))
                                .with("logging.level.io.tidings.webhook", "ERROR"),
                        sandbox,
                        beans -> {});
                KeptConnection connection = new KeptConnection(host.api().port(), Duration.ofSeconds(30))) {
            String token = sandbox.authToken();
            Set<String> texts = new LinkedHashSet<>();
            int right = 0;
            for (int i = 0; i < REQUESTS; i++) {
                String sid = "SM%032x".formatted(i);
                Request request = request(random, sid, token);
                if (random.nextInt(3) > 0) {
                    request = changed(random, request, token);
                }
                boolean signed = isRight(request, token);
                right += signed ? 1 : 0;
                int status = connection.call(request.bytes());
                assertThat(status)
                        .as("seed %d, request %d, %s, signed right: %s", seed, i, request, signed)
                        .isEqualTo(signed ? request.answer() : 403);
                if (status == 200) {
                    texts.add(sid);
                }
            }
            row.figure("%d signed right, %d texts among them", right, texts.size());
            assertThat(right).isBetween(REQUESTS / 4, REQUESTS * 3 / 4);
            assertThat(database.column("SELECT sid FROM tidings_inbound")).containsExactlyInAnyOrderElementsOf(texts);
            row.passed();
        }
    }

    /** Three of four are texts, the others come to an address that nobody made. */
    private static Request request(SplittableRandom random, String sid, String token) {
        String tail = (random.nextInt(4) > 0 ? "/inbound" : "/" + pieces(random).replaceAll("^[.+]*", "p"))
                + (random.nextBoolean() ? "?" + pieces(random) : "");
        List<Field> fields = new ArrayList<>(List.of(
                new Field("MessageSid", sid),
                new Field("AccountSid", "AC" + "0".repeat(32)),
                new Field("From", "+12025550143"),
                new Field("To", AppMain.SENDER),
                new Field("Body", one(random, VALUES) + one(random, VALUES)),
                new Field("NumMedia", "0")));
        for (int more = random.nextInt(5); more > 0; more--) {
            fields.add(random.nextInt(fields.size() + 1), field(random));
        }
        String port = random.nextInt(3) == 0 ? ":443" : "";
        return new Request(tail, List.copyOf(fields), sign(token, Settings.PUBLIC + port + WEBHOOKS + tail, fields));
    }

    private static Field field(SplittableRandom random) {
        return new Field("x" + random.nextInt(5) + one(random, VALUES), one(random, VALUES));
    }

    /** By one thing that somebody on the way, or who knows one request, might try. */
    private static Request changed(SplittableRandom random, Request request, String token) {
        List<Field> fields = new ArrayList<>(request.fields());
        int any = random.nextInt(5, fields.size() + 1);
        String tail = request.tail();
        String other = Character.toString("Az09+/".charAt(random.nextInt(6)));
        int place = random.nextInt(27);
        String signature = request.signature();
        switch (random.nextInt(11)) {
            case 0 -> fields.add(any, field(random));
            case 1 -> fields.set(4, new Field("Body", "forged " + one(random, VALUES)));
            case 2 -> fields.set(2, new Field("From", "+12025550144"));
            case 3 -> Collections.rotate(fields, 1 + random.nextInt(4));
            case 4 -> fields.add(fields.get(random.nextInt(fields.size())));
            case 5 -> tail = tail + one(random, PIECES);
            case 6 -> tail = tail.contains("?") ? tail.substring(0, tail.indexOf('?')) : tail + "?";
            case 7 -> signature = signature.substring(0, place) + other + signature.substring(place + 1);
            case 8 -> signature = signature.substring(0, place);
            case 9 -> signature = sign(token + "0", Settings.PUBLIC + WEBHOOKS + tail, fields);
            default -> signature = sign(token, "http" + Settings.PUBLIC.substring(5) + WEBHOOKS + tail, fields);
        }
        return request.withTail(tail).withFields(List.copyOf(fields)).withSignature(signature);
    }

    private static String pieces(SplittableRandom random) {
        StringBuilder pieces = new StringBuilder();
        for (int more = random.nextInt(1, 8); more > 0; more--) {
            pieces.append(one(random, PIECES));
        }
        return pieces.toString();
    }

    private static String one(SplittableRandom random, List<String> of) {
        return of.get(random.nextInt(of.size()));
    }

    /** With or without the port that is meant without one. */
    private static boolean isRight(Request request, String token) {
        String tail = WEBHOOKS + request.tail();
        return Set.of(
                        sign(token, Settings.PUBLIC + tail, request.fields()),
                        sign(token, Settings.PUBLIC + ":443" + tail, request.fields()))
                .contains(request.signature());
    }

    /** The address, then each different field, sorted by its name and then by its value, without anything between. */
    private static String sign(String token, String url, List<Field> fields) {
        String signed = url
                + fields.stream()
                        .distinct()
                        .sorted((one, other) -> one.name().equals(other.name())
                                ? one.value().compareTo(other.value())
                                : one.name().compareTo(other.name()))
                        .map(field -> field.name() + field.value())
                        .collect(Collectors.joining());
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
