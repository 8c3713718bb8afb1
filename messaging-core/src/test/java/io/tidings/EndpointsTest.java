package io.tidings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.tidings.audit.Action;
import io.tidings.audit.AuditEntry;
import io.tidings.audit.AuditQuery;
import io.tidings.egress.AddressRule;
import io.tidings.egress.GuardedCourier;
import io.tidings.endpoint.Courier;
import io.tidings.endpoint.DeliverySettings;
import io.tidings.endpoint.EndpointView;
import io.tidings.endpoint.WebhookEndpoint;
import io.tidings.event.EventCounts;
import io.tidings.event.EventKind;
import io.tidings.event.MessageFailed;
import io.tidings.message.NotConfiguredException;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Secret;
import io.tidings.message.TenantId;
import io.tidings.message.TimeSource;
import io.tidings.outbox.Receipt;
import io.tidings.test.FakeProvider;
import io.tidings.test.TestTidings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class EndpointsTest {
    private static final String ANA = "+12025550143";
    private static final String TEXT = "Your car is ready at bay 4.";
    private static final Secret SECRET = new Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    private static final Secret NEXT = new Secret("whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD");
    private static final WebhookEndpoint CRM =
            WebhookEndpoint.of("crm", URI.create("https://crm.example.com/hooks"), SECRET);
    private static final ObjectMapper JSON = new ObjectMapper();

    private record Request(URI url, Map<String, String> headers, String body) {
        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        String type() {
            return json().path("type").asText();
        }

        String id() {
            return headers.get("webhook-id");
        }

        /** As a receiver does it, by the text of the specification. */
        boolean isSignedWith(Secret secret) throws Exception {
            byte[] key = Base64.getDecoder().decode(secret.reveal().substring("whsec_".length()));
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            String signed = id() + "." + headers.get("webhook-timestamp") + "." + body;
            String right = Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
            return List.of(headers.get("webhook-signature").split(" ")).contains("v1," + right);
        }
    }

    /** Remembers what it carried, and answers as it is told. */
    private static class Noted implements Courier {
        final List<Request> requests = new ArrayList<>();
        Answer answer = new Answered(200, Duration.ZERO);

        @Override
        public void check(URI url) {
            if (url.getHost() == null) {
                throw new NotConfiguredException("no host");
            }
        }

        @Override
        public Answer post(URI url, Map<String, String> headers, byte[] body) {
            requests.add(new Request(url, headers, new String(body, StandardCharsets.UTF_8)));
            return answer;
        }

        @Override
        public void close() {
            requests.clear();
        }
    }

    private final Noted courier = new Noted();

    private TestTidings kit(WebhookEndpoint... endpoints) {
        return kit(settings -> settings, endpoints);
    }

    private TestTidings kit(UnaryOperator<TidingsBuilder> more, WebhookEndpoint... endpoints) {
        return TestTidings.overFake(settings -> more.apply(settings.endpoints(courier, endpoints)));
    }

    private List<String> types() {
        return courier.requests.stream().map(Request::type).toList();
    }

    private static EndpointView crm(TestTidings kit) {
        return kit.tidings().endpoints().all().get(0);
    }

    private static List<AuditEntry> acts(TestTidings kit, Action action) {
        return kit.tidings().audit().search(AuditQuery.all()).stream()
                .filter(entry -> entry.action().equals(action))
                .toList();
    }

    @Test
    void an_endpoint_is_told_what_happens_and_can_verify_it() throws Exception {
        try (TestTidings kit = kit(CRM.alsoSignedWith(NEXT))) {
            Receipt receipt = kit.tidings().sms(ANA, TEXT);
            kit.runDue();

            assertThat(types()).containsExactly("message.queued", "message.sent", "message.delivered");
            Request last = courier.requests.get(2);
            assertThat(last.url()).isEqualTo(CRM.url());
            assertThat(last.json().path("data").path("id").asText())
                    .isEqualTo(receipt.id().toString());
            assertThat(Instant.parse(last.json().path("timestamp").asText()))
                    .isBeforeOrEqualTo(kit.time().instant());
            assertThat(last.headers().get("webhook-timestamp"))
                    .isEqualTo(Long.toString(kit.time().instant().getEpochSecond()));
            for (Request request : courier.requests) {
                assertThat(request.isSignedWith(SECRET)).isTrue();
                assertThat(request.isSignedWith(NEXT)).isTrue();
                assertThat(request.isSignedWith(new Secret("whsec_" + "A".repeat(32))))
                        .isFalse();
            }
            assertThat(courier.requests).extracting(Request::id).doesNotHaveDuplicates();
            assertThat(crm(kit).deliveries()).isEqualTo(new EventCounts(0, 0));
        }
    }

    @Test
    void no_number_and_no_text_leaves_unless_the_host_wants_it() {
        WebhookEndpoint full = WebhookEndpoint.of("desk", URI.create("https://desk.example.com/"), SECRET)
                .withPersonalData();
        try (TestTidings kit = kit(CRM, full)) {
            kit.tidings()
                    .sms()
                    .to(ANA)
                    .text(TEXT)
                    .tag("order", "42")
                    .key("order-42")
                    .send();
            kit.tidings().optOut(TenantId.DEFAULT, new PhoneNumber(ANA), "ana");
            kit.runDue();

            assertThat(courier.requests)
                    .filteredOn(each -> each.url().equals(CRM.url()))
                    .isNotEmpty()
                    .allSatisfy(each -> {
                        assertThat(each.body())
                                .doesNotContain("555014")
                                .doesNotContain("bay 4")
                                .doesNotContain("42");
                    });
            assertThat(courier.requests)
                    .filteredOn(
                            each -> each.url().equals(full.url()) && each.type().equals("message.queued"))
                    .singleElement()
                    .satisfies(each -> {
                        JsonNode data = each.json().path("data");
                        assertThat(data.path("to").asText()).isEqualTo(ANA);
                        assertThat(data.path("text").asText()).isEqualTo(TEXT);
                        assertThat(data.path("key").asText()).isEqualTo("order-42");
                        assertThat(data.path("tags").path("order").asText()).isEqualTo("42");
                    });
            assertThat(courier.requests)
                    .filteredOn(
                            each -> each.url().equals(full.url()) && each.type().equals("consent.opted_out"))
                    .singleElement()
                    .satisfies(each -> assertThat(
                                    each.json().path("data").path("number").asText())
                            .isEqualTo(ANA));
        }
    }

    @Test
    void an_endpoint_is_told_only_of_what_it_asked_for() {
        try (TestTidings kit = kit(CRM.toldOf(Set.of(EventKind.MESSAGE_FAILED)))) {
            kit.fake().failNext(21211);
            kit.tidings().sms(ANA, TEXT);
            kit.runDue();

            assertThat(types()).containsExactly("message.failed");
            JsonNode data = courier.requests.get(0).json().path("data");
            assertThat(data.path("status").asText()).isEqualTo("FAILED");
            assertThat(data.path("failure").path("code").asInt()).isEqualTo(21211);
        }
    }

    @Test
    void a_delivery_is_tried_ten_times_over_three_days_with_the_same_id_and_then_set_aside() throws Exception {
        courier.answer = new Courier.Answered(500, Duration.ZERO);
        try (TestTidings kit = kit(CRM.toldOf(Set.of(EventKind.MESSAGE_QUEUED)))) {
            Instant start = kit.time().instant();
            kit.tidings().sms(ANA, TEXT);
            List<Duration> tries = new ArrayList<>();
            kit.runDue();
            tries.add(Duration.ZERO);
            for (int hours = 0; hours < 24 * 5 && crm(kit).deliveries().setAside() == 0; ) {
                int before = courier.requests.size();
                Duration step = Duration.between(start, kit.time().instant()).compareTo(Duration.ofHours(1)) < 0
                        ? Duration.ofSeconds(1)
                        : Duration.ofMinutes(10);
                kit.forward(step).runDue();
                if (courier.requests.size() > before) {
                    tries.add(Duration.between(start, kit.time().instant()));
                }
                hours = (int) Duration.between(start, kit.time().instant()).toHours();
            }

            assertThat(tries).hasSize(10);
            assertThat(tries.get(1)).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(7));
            assertThat(tries.get(9)).isBetween(Duration.ofHours(75), Duration.ofHours(85));
            assertThat(courier.requests)
                    .extracting(Request::id)
                    .containsOnly(courier.requests.get(0).id());
            assertThat(courier.requests)
                    .extracting(each -> each.headers().get("webhook-timestamp"))
                    .doesNotHaveDuplicates();
            assertThat(courier.requests.get(9).isSignedWith(SECRET)).isTrue();
            assertThat(crm(kit).deliveries()).isEqualTo(new EventCounts(0, 1));

            courier.answer = new Courier.Answered(200, Duration.ZERO);
            assertThat(kit.tidings().endpoints().retryAll("crm")).isOne();
            kit.runDue();
            assertThat(crm(kit).deliveries()).isEqualTo(new EventCounts(0, 0));
            assertThat(crm(kit).state().failingFor()).isNull();
        }
    }

    @Test
    void an_endpoint_that_fails_for_five_days_is_disabled_audited_and_can_be_enabled_again() {
        courier.answer = new Courier.Silent("nobody listens");
        try (TestTidings kit = kit(CRM.toldOf(Set.of(EventKind.MESSAGE_QUEUED)))) {
            for (int day = 0; day < 6; day++) {
                kit.tidings().sms("+1202555010" + day, TEXT);
                kit.runDue();
                kit.forward(Duration.ofDays(1)).runDue();
            }

            assertThat(crm(kit).state().disabled()).contains("nobody listens");
            assertThat(acts(kit, Action.ENDPOINT_DISABLED)).singleElement().satisfies(entry -> {
                assertThat(entry.data().details()).containsEntry("endpoint", "crm");
                assertThat(entry.actor().name()).isEqualTo("endpoints");
            });
            courier.requests.clear();
            kit.tidings().sms("+12025550109", TEXT);
            kit.forward(Duration.ofHours(20)).runDue();
            assertThat(courier.requests)
                    .as("nothing is sent to a disabled endpoint")
                    .isEmpty();
            long waiting = crm(kit).deliveries().waiting();
            assertThat(waiting).isPositive();

            courier.answer = new Courier.Answered(202, Duration.ZERO);
            kit.tidings().endpoints().enable("crm", "the firewall was opened");
            kit.forward(Duration.ofDays(2)).runDue();

            assertThat(crm(kit).state().disabled()).isNull();
            assertThat(crm(kit).deliveries().waiting()).isZero();
            assertThat(courier.requests).hasSize((int) waiting);
            assertThat(acts(kit, Action.ENDPOINT_ENABLED)).hasSize(1);
        }
    }

    @Test
    void one_that_is_gone_is_disabled_at_once() {
        courier.answer = new Courier.Answered(410, Duration.ZERO);
        try (TestTidings kit = kit(CRM.toldOf(Set.of(EventKind.MESSAGE_QUEUED)))) {
            kit.tidings().sms(ANA, TEXT);
            kit.runDue();

            assertThat(crm(kit).state().disabled()).contains("410");
            assertThat(crm(kit).deliveries()).isEqualTo(new EventCounts(1, 0));
            kit.forward(Duration.ofDays(4)).runDue();
            assertThat(courier.requests).hasSize(1);
        }
    }

    @Test
    void one_success_ends_a_row_of_failures() {
        DeliverySettings settings = DeliverySettings.defaults().withDisableAfter(Duration.ofHours(3));
        try (TestTidings kit = kit(more -> more.deliveries(settings), CRM.toldOf(Set.of(EventKind.MESSAGE_QUEUED)))) {
            for (int i = 0; i < 6; i++) {
                courier.answer = new Courier.Answered(i % 2 == 0 ? 500 : 200, Duration.ZERO);
                kit.tidings().sms("+1202555010" + i, TEXT);
                kit.runDue();
                kit.forward(Duration.ofHours(2)).runDue();
            }

            assertThat(crm(kit).state().disabled()).isNull();
        }
    }

    @Test
    void an_endpoint_that_hammers_back_is_left_alone_and_the_others_go_on() {
        WebhookEndpoint desk = WebhookEndpoint.of("desk", URI.create("https://desk.example.com/"), SECRET);
        Noted split = new Noted() {
            @Override
            public Answer post(URI url, Map<String, String> headers, byte[] body) {
                super.post(url, headers, body);
                return new Answered(url.equals(CRM.url()) ? 503 : 200, Duration.ZERO);
            }
        };
        try (TestTidings kit = TestTidings.overFake(settings -> settings.endpoints(
                split, CRM.toldOf(Set.of(EventKind.MESSAGE_QUEUED)), desk.toldOf(Set.of(EventKind.MESSAGE_QUEUED))))) {
            for (int i = 0; i < 50; i++) {
                kit.tidings().sms("+120255501%02d".formatted(i), TEXT);
            }
            kit.runDue();

            Map<String, Integer> visits = new TreeMap<>();
            split.requests.forEach(each -> visits.merge(each.url().getHost(), 1, Integer::sum));
            assertThat(visits).containsEntry("desk.example.com", 50);
            assertThat(visits.get("crm.example.com")).isBetween(3, 8);
            assertThat(crm(kit).deliveries()).isEqualTo(new EventCounts(50, 0));
        }
    }

    @Test
    void a_person_who_was_erased_is_told_to_no_endpoint() {
        courier.answer = new Courier.Answered(500, Duration.ZERO);
        try (TestTidings kit = kit(CRM)) {
            kit.tidings().sms(ANA, TEXT);
            kit.tidings().optOut(TenantId.DEFAULT, new PhoneNumber(ANA), "ana");
            kit.runDue();
            assertThat(crm(kit).deliveries().waiting()).isPositive();
            courier.requests.clear();
            courier.answer = new Courier.Answered(200, Duration.ZERO);

            kit.tidings().people().erase(TenantId.DEFAULT, new PhoneNumber(ANA));
            kit.forward(Duration.ofDays(1)).runDue();

            assertThat(courier.requests).isEmpty();
            assertThat(crm(kit).deliveries()).isEqualTo(new EventCounts(0, 0));
        }
    }

    @Test
    void a_listener_that_fails_loses_no_delivery_and_makes_no_second_one() {
        List<MessageFailed> told = new ArrayList<>();
        UnitOfFailure failure = new UnitOfFailure();
        try (TestTidings kit = kit(
                more -> more.on(MessageFailed.class, event -> {
                    failure.once();
                    told.add(event);
                }),
                CRM.toldOf(Set.of(EventKind.MESSAGE_FAILED)))) {
            kit.fake().failNext(21211);
            kit.tidings().sms(ANA, TEXT);
            kit.runDue();
            kit.forward(Duration.ofSeconds(2)).runDue();

            assertThat(told).hasSize(1);
            assertThat(types()).containsExactly("message.failed");
        }
    }

    private static final class UnitOfFailure {
        private boolean failed;

        void once() {
            if (!failed) {
                failed = true;
                throw new IllegalStateException("the first try fails");
            }
        }
    }

    @Test
    void contradictions_are_refused_at_the_start() {
        assertThatThrownBy(() -> kit(CRM, CRM))
                .isInstanceOf(NotConfiguredException.class)
                .hasMessageContaining("crm");
        assertThatThrownBy(() -> kit(WebhookEndpoint.of("crm", URI.create("/relative"), SECRET)))
                .isInstanceOf(NotConfiguredException.class);
        assertThatThrownBy(() -> WebhookEndpoint.of("CRM!", CRM.url(), SECRET))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(CRM.toString()).doesNotContain("whsec").doesNotContain("example.com");
    }

    private static TidingsBuilder listening(TidingsBuilder builder, Secret secret) {
        // tag::endpoints
        WebhookEndpoint crm = WebhookEndpoint.of("crm", URI.create("https://crm.example.com/tidings"), secret)
                .toldOf(Set.of(EventKind.MESSAGE_FAILED, EventKind.OPTED_OUT));
        builder.endpoints(GuardedCourier.toPublicAddresses(), crm);
        // end::endpoints
        return builder;
    }

    @Test
    void a_host_needs_three_lines() {
        try (TestTidings kit = TestTidings.overFake(settings -> listening(settings, SECRET))) {
            assertThat(kit.tidings().endpoints().all())
                    .extracting(EndpointView::name)
                    .containsExactly("crm");
        }
    }

    /** Real threads, real requests. */
    @Test
    void a_running_system_delivers_to_a_server_that_is_down_at_first() throws Exception {
        List<Request> received = new CopyOnWriteArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
            received.add(new Request(exchange.getRequestURI(), headers, body));
            exchange.sendResponseHeaders(received.size() <= 2 ? 503 : 204, -1);
            exchange.close();
        });
        server.start();
        WebhookEndpoint crm = WebhookEndpoint.of(
                "crm", URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hooks"), SECRET);
        AddressRule rule = AddressRule.publicAddresses().allowing("127.0.0.1").allowingHttp();
        DeliverySettings quick =
                DeliverySettings.defaults().withPauses(List.of(Duration.ofMillis(50), Duration.ofMillis(50)));
        try (Tidings tidings = Tidings.builder(new FakeProvider(TimeSource.system()))
                .from(TestTidings.SENDER)
                .homeCountry("US")
                .endpoints(GuardedCourier.within(rule), crm.toldOf(Set.of(EventKind.MESSAGE_QUEUED)))
                .deliveries(quick)
                .start()) {
            tidings.sms(ANA, TEXT);
            tidings.sms("+12025550144", TEXT);

            await(() -> received.size() >= 4
                    && tidings.endpoints().all().get(0).deliveries().waiting() == 0);
            assertThat(received)
                    .allSatisfy(each -> assertThat(each.isSignedWith(SECRET)).isTrue());
            assertThat(received.stream().map(Request::id).distinct()).hasSize(2);
        } finally {
            server.stop(0);
        }
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(5_000_000);
        }
    }
}
