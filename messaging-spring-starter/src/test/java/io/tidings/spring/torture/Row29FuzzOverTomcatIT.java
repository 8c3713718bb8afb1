package io.tidings.spring.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.message.Secret;
import io.tidings.test.SignedWebhook;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Row 29: broken webhooks over raw sockets, through the filter as it is registered, to a real Tomcat in a process that has a heap
 * of 64 MB and ends when it is not enough. None breaks it, and none changes anything unless it is signed.
 */
class Row29FuzzOverTomcatIT {
    private static final int REQUESTS = Integer.getInteger("tidings.fuzz", Size.of(2_000, 100_000));
    private static final List<String> HEAP = List.of("-Xmx64m", "-XX:+ExitOnOutOfMemoryError");
    private static final URI INBOUND = URI.create("https://shop.example.com/tidings/webhooks/inbound");

    @Test
    void whatever_comes_none_breaks_it_and_nothing_unsigned_changes_anything() throws IOException {
        long seed = Size.seed();
        try (Board row = Board.row("29", "broken webhooks over Tomcat, 64 MB", seed, REQUESTS + " requests");
                Jvm process = Jvm.start(FuzzedMain.class, HEAP, List.of())) {
            Secret token = new Secret(process.told(FuzzedMain.TOKEN));
            Map<Integer, Integer> statuses = new TreeMap<>();
            try (Wire wire = new Wire(Integer.parseInt(process.told(FuzzedMain.LISTENS)))) {
                BrokenRequests requests = new BrokenRequests(seed);
                for (int i = 0; i < REQUESTS; i++) {
                    SignedWebhook right = inbound(i, requests.pick("STOP", "START", "hi"));
                    int status = wire.status(requests.broken(right, token));
                    statuses.merge(status, 1, Integer::sum);
                    assertThat(status)
                            .as("seed %s, request %s", seed, i)
                            .satisfiesAnyOf(
                                    none -> assertThat(none).isZero(),
                                    told -> assertThat(told).isBetween(400, 499));
                }
                assertThat(wire.status(whole(inbound(REQUESTS, "hi"), token)))
                        .as("the same, if nothing is wrong")
                        .isEqualTo(200);
            }
            process.endInput();
            String changed = process.told(FuzzedMain.CHANGED);
            row.figure("answers %s, %s MB of heap in use at the end", statuses, process.told(FuzzedMain.HEAP));
            assertThat(statuses.getOrDefault(403, 0)).as("most are forbidden").isGreaterThan(REQUESTS / 3);
            assertThat(changed)
                    .as("one text was stored, the one that was signed")
                    .isEqualTo("received=1 kept=0 orphaned=0 unavailable=0 texts=1 consent=0 message=untouched");
            assertThat(process.ends(Duration.ofMinutes(1))).as(process.all()).isTrue();
            assertThat(process.all()).doesNotContain("OutOfMemoryError");
            row.passed();
        }
    }

    private static SignedWebhook inbound(int number, String text) {
        return SignedWebhook.inbound(INBOUND, "SM%032x".formatted(number), FuzzedMain.ANA, "+12025550100", text);
    }

    private static byte[] whole(SignedWebhook right, Secret token) {
        String head = "POST /tidings/webhooks/inbound HTTP/1.1\r\nHost: shop.example.com\r\nContent-Type: "
                + BrokenRequests.FORM + "\r\nX-Twilio-Signature: " + right.signature(token) + "\r\nContent-Length: "
                + right.body().length + "\r\n\r\n";
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
        whole.writeBytes(right.body());
        return whole.toByteArray();
    }
}
