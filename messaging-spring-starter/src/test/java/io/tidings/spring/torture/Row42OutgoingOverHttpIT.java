package io.tidings.spring.torture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidings.endpoint.Courier;
import io.tidings.message.NotConfiguredException;
import io.tidings.sandbox.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Row 42 as a host has it: outgoing webhooks whose addresses lead inside, in all spellings. The start refuses those that nobody
 * writes by accident; the others are endpoints, something happens over the API that they are to be told of, and nobody is
 * connected to but the one address that the host has allowed, whose redirect inside is not followed.
 */
@ExtendWith(SharedServer.class)
class Row42OutgoingOverHttpIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String ALLOWED = "127.0.0.9";
    /** None that a name server outside would be asked for. */
    private static final List<String> HOSTS = List.of(
            "127.0.0.1",
            "127.1",
            "127.0.1",
            "127.000.000.001",
            "0177.0.0.1",
            "0x7f.0.0.1",
            "0x7f.1",
            "0x7f000001",
            "2130706433",
            "017700000001",
            "127.0.0.1.",
            "127.0.0.2",
            "0",
            "0.0.0.0",
            "0x0",
            "localhost",
            "LOCALHOST",
            "localhost.",
            "[::1]",
            "[0:0:0:0:0:0:0:1]",
            "[::0001]",
            "[::]",
            "[::ffff:127.0.0.1]",
            "[::ffff:7f00:1]",
            "[0:0:0:0:0:ffff:7f00:1]",
            "[::127.0.0.1]",
            "[64:ff9b::127.0.0.1]",
            "[64:ff9b:1::7f00:1]",
            "[2002:7f00:1::]",
            "[fe80::1%25lo]",
            "[::1%25lo]",
            "127%2e0%2e0%2e1",
            "127\uff0e0\uff0e0\uff0e1",
            "\uff11\uff12\uff17.0.0.1",
            "loc\u00adalhost",
            "4294967297",
            "127.65536",
            "example.com@127.0.0.1",
            "127.0.0.1#@example.com",
            "169.254.169.254",
            "2852039166",
            "[::ffff:a9fe:a9fe]",
            "10.0.0.1",
            "192.168.257",
            "100.64.0.1",
            "[fd00:ec2::254]",
            "224.0.0.251",
            "255.255.255.255");

    /** Listens inside, counts who comes to which address, and sends everybody to the first one. */
    private static final class Doors implements AutoCloseable {
        private final List<ServerSocket> doors = new ArrayList<>();
        private final Map<String, Integer> visits = new ConcurrentHashMap<>();

        Doors() throws IOException {
            open("127.0.0.1");
            open("127.0.0.2");
            open(ALLOWED);
            try {
                open("::1");
            } catch (IOException e) {
                // A machine without IPv6.
            }
        }

        int port() {
            return doors.isEmpty() ? 0 : doors.get(0).getLocalPort();
        }

        private void open(String address) throws IOException {
            ServerSocket door = new ServerSocket(port(), 50, InetAddress.getByName(address));
            doors.add(door);
            Thread thread = new Thread(() -> serve(door, address), "door-" + address);
            thread.setDaemon(true);
            thread.start();
        }

        private void serve(ServerSocket door, String address) {
            byte[] answer = ("HTTP/1.1 307 Temporary Redirect\r\nLocation: http://127.0.0.1:" + port()
                            + "/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
            while (!door.isClosed()) {
                try (Socket visitor = door.accept()) {
                    visits.merge(address, 1, Integer::sum);
                    visitor.getInputStream().read(new byte[8_192]);
                    visitor.getOutputStream().write(answer);
                } catch (IOException e) {
                    // The visitor left, or the test is over.
                }
            }
        }

        Map<String, Integer> visits() {
            return Map.copyOf(visits);
        }

        @Override
        public void close() throws IOException {
            for (ServerSocket door : doors) {
                door.close();
            }
        }
    }

    @Test
    void no_spelling_of_an_address_inside_is_connected_to(Database database, Database second) throws Exception {
        try (Board row = Board.row("42", "outgoing webhooks inside, over HTTP", 0, 2 * HOSTS.size() + " addresses");
                Doors doors = new Doors();
                Sandbox sandbox = Sandbox.builder().sender(AppMain.SENDER).start()) {
            Map<String, String> endpoints;
            try (Host asked = Host.start(settings(database, sandbox), sandbox, beans -> {})) {
                endpoints = allowedAtStart(asked.bean(Courier.class), doors.port());
            }
            int refused = 2 * HOSTS.size() - endpoints.size();
            endpoints.put("friend", "http://" + ALLOWED + ":" + doors.port() + "/");
            Settings settings = settings(second, sandbox);
            endpoints.forEach((name, url) -> settings.with("tidings.outgoing.endpoints." + name + ".url", url)
                    .with("tidings.outgoing.endpoints." + name + ".secrets", SECRET)
                    .with("tidings.outgoing.endpoints." + name + ".events", "opted-out"));
            try (Host host = Host.start(settings, sandbox, beans -> {})) {
                assertThat(host.api()
                                .post("/consent/+12025550143/opt-out", "{\"actor\":\"desk\"}")
                                .status())
                        .isEqualTo(201);
                assertThat(Await.until(
                                Duration.ofSeconds(30),
                                () -> endpoints.keySet().stream().allMatch(name -> isTried(host.api(), name))))
                        .as("each was tried")
                        .isTrue();
            }
            row.figure("%d refused at the start, %d tried, visits %s", refused, endpoints.size(), doors.visits());
            assertThat(refused).isGreaterThan(HOSTS.size() / 2);
            assertThat(endpoints).hasSizeGreaterThan(HOSTS.size() / 4);
            assertThat(doors.visits()).containsOnlyKeys(ALLOWED);
            row.passed();
        }
    }

    private static Settings settings(Database database, Sandbox sandbox) {
        return Settings.of(database.url(), sandbox)
                .with("torture.horizon", Duration.ofHours(1))
                .with("tidings.outgoing.allow-http", true)
                .with("tidings.outgoing.allowed-networks", ALLOWED);
    }

    /** What the start of an application would let through, by names for them. */
    private static Map<String, String> allowedAtStart(Courier courier, int port) {
        Map<String, String> allowed = new TreeMap<>();
        for (String scheme : List.of("http", "https")) {
            for (String host : HOSTS) {
                String url = scheme + "://" + host + ":" + port + "/";
                try {
                    courier.check(URI.create(url));
                    allowed.put(scheme + allowed.size(), url);
                } catch (NotConfiguredException | IllegalArgumentException e) {
                    // Refused, or no address for Java.
                }
            }
        }
        return allowed;
    }

    private static boolean isTried(Api api, String name) {
        try {
            JsonNode deliveries = JSON.readTree(api.get("/tidings/api/v1/endpoints/" + name + "/deliveries")
                            .body())
                    .get("deliveries");
            return !deliveries.isEmpty() && deliveries.get(0).get("tries").intValue() > 0;
        } catch (IOException e) {
            throw new UncheckedIOException("the API does not answer", e);
        }
    }
}
