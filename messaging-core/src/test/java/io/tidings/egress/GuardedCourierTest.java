package io.tidings.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidings.endpoint.Courier.Answer;
import io.tidings.endpoint.Courier.Answered;
import io.tidings.endpoint.Courier.Silent;
import io.tidings.message.NotConfiguredException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.SocketFactory;
import okhttp3.Dns;
import org.junit.jupiter.api.Test;

class GuardedCourierTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);
    private static final String OK = "HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n";

    /** What an attacker wants to reach: really listens on loopback, and counts who comes. */
    private static final class Witness implements AutoCloseable {
        final List<ServerSocket> doors = new ArrayList<>();
        final AtomicInteger visits = new AtomicInteger();

        Witness(String answer, String... more) throws IOException {
            open("127.0.0.1", 0, answer);
            for (String address : more) {
                open(address, port(), answer);
            }
        }

        int port() {
            return doors.get(0).getLocalPort();
        }

        URI url(String host) {
            return URI.create("http://" + host + ":" + port() + "/hook");
        }

        private void open(String address, int port, String answer) throws IOException {
            ServerSocket door = new ServerSocket(port, 50, InetAddress.getByName(address));
            doors.add(door);
            Thread thread = new Thread(() -> serve(door, answer), "witness");
            thread.setDaemon(true);
            thread.start();
        }

        private void serve(ServerSocket door, String answer) {
            while (!door.isClosed()) {
                try (Socket visitor = door.accept()) {
                    visits.incrementAndGet();
                    readRequest(visitor);
                    visitor.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                    visitor.getOutputStream().flush();
                    if (answer.endsWith("...")) {
                        dribble(visitor);
                    }
                } catch (IOException e) {
                    // The visitor left, or the test is over.
                    assertThat(e).isNotNull();
                }
            }
        }

        /** To the end of its body, so that closing resets nothing. */
        private static void readRequest(Socket visitor) throws IOException {
            int before = 0;
            int read = visitor.getInputStream().read();
            while (read >= 0 && !(before == '{' && read == '}')) {
                before = read;
                read = visitor.getInputStream().read();
            }
        }

        /** Until the visitor has enough of it. */
        private static void dribble(Socket visitor) throws IOException {
            while (true) {
                visitor.getOutputStream().write(' ');
                visitor.setSoTimeout(20);
                try {
                    if (visitor.getInputStream().read() < 0) {
                        return;
                    }
                } catch (SocketTimeoutException e) {
                    assertThat(e).as("the visitor still reads").isNotNull();
                }
            }
        }

        @Override
        public void close() throws IOException {
            for (ServerSocket door : doors) {
                door.close();
            }
        }
    }

    /** Counts connections that the rule let through, and lets none of them leave this machine. */
    private static final class Counted extends SocketFactory {
        final List<SocketAddress> connected = new CopyOnWriteArrayList<>();
        private final AddressRule rule;

        Counted(AddressRule rule) {
            this.rule = rule;
        }

        @Override
        public Socket createSocket() {
            return new Socket() {
                @Override
                public void connect(SocketAddress endpoint, int timeout) throws IOException {
                    if (!rule.allows(((InetSocketAddress) endpoint).getAddress())) {
                        throw new ForbiddenAddressException();
                    }
                    connected.add(endpoint);
                    throw new ConnectException("nothing leaves this machine");
                }
            };
        }

        @Override
        public Socket createSocket(String host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
            throw new UnsupportedOperationException();
        }
    }

    private static GuardedCourier courier(AddressRule rule, Dns resolver) {
        return GuardedCourier.over(rule, resolver, new CheckedSockets(rule), SOON);
    }

    private static AddressRule open() {
        return AddressRule.publicAddresses().allowingHttp().allowing("127.0.0.0/8");
    }

    @Test
    void no_trick_reaches_what_listens_inside() throws IOException {
        AddressRule rule = AddressRule.publicAddresses().allowingHttp();
        try (Witness inside = new Witness(OK, "127.0.0.2", "127.127.127.127", "127.1.2.3");
                GuardedCourier courier = courier(rule, Tricks::resolve)) {
            List<String> tricks = Tricks.addresses(inside.port());
            int tried = 0;
            for (String trick : tricks) {
                URI url = uri(trick);
                if (url != null) {
                    tried++;
                    assertThat(courier.post(url, Map.of(), BODY)).as(trick).isInstanceOf(Silent.class);
                }
            }

            assertThat(inside.visits).hasValue(0);
            assertThat(tricks).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(200);
            assertThat(tried).as("as the others are no addresses for Java").isGreaterThanOrEqualTo(200);
        }
    }

    /** As Java reads it, or nothing if it does not. */
    private static URI uri(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Without this the test above could not fail. */
    @Test
    void the_witness_sees_a_visitor_who_may_come() throws IOException {
        try (Witness inside = new Witness(OK);
                GuardedCourier courier = courier(open(), Tricks::resolve)) {
            assertThat(courier.post(inside.url("inside-0.example.com"), Map.of(), BODY))
                    .isEqualTo(new Answered(204, Duration.ZERO));
            assertThat(courier.post(inside.url("127.0.0.1"), Map.of(), BODY))
                    .isEqualTo(new Answered(204, Duration.ZERO));

            assertThat(inside.visits).hasPositiveValue();
        }
    }

    @Test
    void the_plain_ways_inside_are_refused_by_the_address_and_not_only_by_their_form() throws IOException {
        AddressRule rule = AddressRule.publicAddresses().allowingHttp();
        for (String literal : Tricks.INSIDE) {
            Counted sockets = new Counted(rule);
            InetAddress inside = InetAddress.getByName(literal);
            try (GuardedCourier courier = GuardedCourier.over(rule, host -> List.of(inside), sockets, SOON)) {
                assertThat(courier.post(URI.create("http://rebound.example.com/"), Map.of(), BODY))
                        .as(literal)
                        .isEqualTo(new Silent("the address may not be called"));
            }
            assertThat(sockets.connected).as(literal).isEmpty();
        }
    }

    @Test
    void a_name_that_is_rebound_is_looked_at_again_for_each_connection() throws IOException {
        AddressRule rule = AddressRule.publicAddresses().allowingHttp();
        AtomicInteger lookups = new AtomicInteger();
        InetAddress outside = InetAddress.getByName("93.184.216.34");
        Dns rebinding = host ->
                lookups.getAndIncrement() % 2 == 0 ? List.of(outside) : List.of(InetAddress.getLoopbackAddress());
        Counted sockets = new Counted(rule);
        try (Witness inside = new Witness(OK);
                GuardedCourier courier = GuardedCourier.over(rule, rebinding, sockets, SOON)) {
            for (int i = 0; i < 20; i++) {
                courier.post(inside.url("rebound.example.com"), Map.of(), BODY);
            }

            assertThat(lookups).hasValue(20);
            assertThat(sockets.connected)
                    .hasSize(10)
                    .allSatisfy(address -> assertThat(((InetSocketAddress) address).getAddress())
                            .isEqualTo(outside));
            assertThat(inside.visits).hasValue(0);
        }
    }

    @Test
    void a_redirect_is_an_answer_and_not_followed() throws IOException {
        try (Witness inside = new Witness(OK, "127.0.0.2");
                Witness outside = new Witness("HTTP/1.1 307 Temporary Redirect\r\nLocation: http://127.0.0.1:"
                        + inside.port() + "/\r\nContent-Length: 0\r\n\r\n");
                GuardedCourier courier = courier(open(), Dns.SYSTEM)) {
            assertThat(courier.post(outside.url("127.0.0.1"), Map.of(), BODY))
                    .isEqualTo(new Answered(307, Duration.ZERO));

            assertThat(inside.visits).hasValue(0);
            assertThat(outside.visits).hasValue(1);
        }
    }

    @Test
    void an_answer_that_never_ends_is_not_read() throws IOException {
        try (Witness slow = new Witness("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n...");
                GuardedCourier courier = courier(open(), Dns.SYSTEM)) {
            assertThat(courier.post(slow.url("127.0.0.1"), Map.of(), BODY)).isEqualTo(new Answered(200, Duration.ZERO));
        }
    }

    @Test
    void headers_that_never_end_are_left_at_the_deadline_and_the_request_is_not_repeated() throws IOException {
        AddressRule rule = open();
        try (Witness slow = new Witness("HTTP/1.1 200 OK\r\nX: ...");
                GuardedCourier courier =
                        GuardedCourier.over(rule, Dns.SYSTEM, new CheckedSockets(rule), Duration.ofMillis(300))) {
            assertThat(courier.post(slow.url("127.0.0.1"), Map.of(), BODY)).isEqualTo(new Silent("no answer in time"));

            assertThat(slow.visits).hasValue(1);
        }
    }

    @Test
    void a_wish_to_be_left_alone_is_heard() throws IOException {
        try (Witness busy = new Witness(
                        "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 120\r\nContent-Length: 0\r\n\r\n");
                Witness odd = new Witness(
                        "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 9999999999999\r\nContent-Length: 0\r\n\r\n");
                GuardedCourier courier = courier(open(), Dns.SYSTEM)) {
            assertThat(courier.post(busy.url("127.0.0.1"), Map.of(), BODY))
                    .isEqualTo(new Answered(503, Duration.ofMinutes(2)));
            assertThat(courier.post(odd.url("127.0.0.1"), Map.of(), BODY)).isEqualTo(new Answered(503, Duration.ZERO));
            assertThat(busy.visits).hasValue(1);
        }
    }

    /** OkHttp would post again by itself. */
    @Test
    void a_request_is_not_repeated_whatever_the_answer_says() throws IOException {
        for (String answer : List.of(
                "503 Service Unavailable\r\nRetry-After: 0",
                "408 Request Timeout\r\nConnection: close",
                "421 Misdirected Request\r\nConnection: close",
                "401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"x\"",
                "407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"x\"",
                "308 Permanent Redirect\r\nLocation: /again")) {
            try (Witness odd = new Witness("HTTP/1.1 " + answer + "\r\nContent-Length: 0\r\n\r\n");
                    GuardedCourier courier = courier(open(), Dns.SYSTEM)) {
                courier.post(odd.url("127.0.0.1"), Map.of(), BODY);

                assertThat(odd.visits).as(answer).hasValue(1);
            }
        }
    }

    @Test
    void what_is_no_HTTP_and_nobody_at_all_is_told_in_words_without_the_address() throws IOException {
        Witness gone = new Witness(OK);
        gone.close();
        try (Witness odd = new Witness("220 mail.example.com ESMTP\r\n");
                GuardedCourier courier = courier(open(), Dns.SYSTEM)) {
            List<Answer> answers = List.of(
                    courier.post(odd.url("127.0.0.1"), Map.of(), BODY),
                    courier.post(gone.url("127.0.0.1"), Map.of(), BODY));

            assertThat(answers).containsExactly(new Silent("the connection broke"), new Silent("nobody listens"));
        }
    }

    @Test
    void an_address_that_is_never_called_is_refused_at_the_start() {
        try (GuardedCourier courier = GuardedCourier.toPublicAddresses()) {
            courier.check(URI.create("https://crm.example.com/hooks"));
            assertThatThrownBy(() -> courier.check(URI.create("http://crm.example.com/?token=sesame")))
                    .isInstanceOf(NotConfiguredException.class)
                    .hasMessageContaining("not https")
                    .hasMessageNotContaining("sesame");
        }
    }
}
