package io.tidings.examples.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidings.Tidings;
import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import io.tidings.message.TenantId;
import io.tidings.sandbox.Sandbox;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.support.TransactionTemplate;

/** The whole shop over HTTP, with the sandbox. */
@SpringBootTest(
        webEnvironment = WebEnvironment.DEFINED_PORT,
        properties = "spring.datasource.url=jdbc:h2:mem:whole-shop;DB_CLOSE_DELAY=-1")
@ExtendWith(OutputCaptureExtension.class)
class OrdersMainTest {

    @Autowired
    Tidings tidings;

    @Autowired
    Sandbox sandbox;

    @Value("${local.server.port}")
    int port;

    /** A fixed one, so that the sandbox knows where to call back. */
    @DynamicPropertySource
    static void freePort(DynamicPropertyRegistry properties) throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            int found = free.getLocalPort();
            properties.add("server.port", () -> found);
        }
    }

    private HttpResponse<String> call(String method, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .timeout(Duration.ofSeconds(30))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }

    @Test
    void a_customer_is_told_once_however_often_the_order_is_marked() throws Exception {
        call("POST", "/orders/1/ready");
        HttpResponse<String> again = call("POST", "/orders/1/ready");
        MessageId id =
                tidings.find(TenantId.DEFAULT, "order-ready-1").orElseThrow().id();

        assertThat(again.body()).contains(id.toString());
        assertThat(tidings.await(id, Duration.ofSeconds(30)).status()).isEqualTo(MessageStatus.DELIVERED);
        assertThat(sandbox.messages())
                .filteredOn(message -> message.to().equals("+12025550143"))
                .singleElement()
                .satisfies(message -> assertThat(message.body()).contains("Hi Ana, order 1 is ready"));
    }

    /** Twilio's SDK would bring a library with which Spring answers a browser in XML. */
    @Test
    void a_browser_that_prefers_markup_still_gets_json() throws Exception {
        HttpRequest browser = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/orders"))
                .header("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
                .timeout(Duration.ofSeconds(30))
                .build();

        HttpResponse<String> answer = HttpClient.newHttpClient().send(browser, BodyHandlers.ofString());

        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    }

    @Test
    void an_order_that_is_not_marked_after_all_tells_nobody(
            @Autowired OrderDesk desk, @Autowired TransactionTemplate transaction) {
        assertThatThrownBy(() -> transaction.execute(status -> {
                    desk.markReady(2);
                    throw new IllegalStateException("the kitchen changed its mind");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(desk.find(2).orElseThrow().ready()).isFalse();
        assertThat(tidings.find(TenantId.DEFAULT, "order-ready-2")).isEmpty();
    }

    @Test
    void a_reply_is_handled_and_answered(@Autowired OrderDesk desk) throws Exception {
        call("POST", "/orders/3/ready");
        MessageId id =
                tidings.find(TenantId.DEFAULT, "order-ready-3").orElseThrow().id();
        tidings.await(id, Duration.ofSeconds(30));

        sandbox.reply("+12025550145", "+12025550100", "coming");

        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (sandbox.messages().stream().noneMatch(message -> message.body().startsWith("Thank you"))) {
            assertThat(System.nanoTime()).as("the reply comes within 30 s").isLessThan(end);
            LockSupport.parkNanos(50_000_000);
        }
        assertThat(desk.find(3).orElseThrow().coming()).isTrue();
    }

    @Test
    void an_unknown_order_is_not_found() throws Exception {
        assertThat(call("POST", "/orders/99/ready").statusCode()).isEqualTo(404);
    }

    /** Beside springdoc, which describes the shop's own addresses and nothing else. */
    @Test
    void the_api_can_be_tried_out_on_a_page_of_its_own() throws Exception {
        HttpResponse<String> page = call("GET", "/tidings/api/v1/docs");
        HttpResponse<String> ours = call("GET", "/tidings/api/v1/openapi.json");
        HttpResponse<String> shops = call("GET", "/v3/api-docs");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("docs/swagger-ui-bundle.js");
        assertThat(ours.body()).contains("\"/messages\"");
        assertThat(shops.body()).contains("\"/orders\"").doesNotContain("/messages");
    }

    @Test
    void pages_and_health_hold_no_number(CapturedOutput output) throws Exception {
        assertThat(call("GET", "/orders").body()).contains("Ana").doesNotContain("2025550143");
        HttpResponse<String> health = call("GET", "/actuator/health");
        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(health.body()).contains("\"tidings\"").doesNotContain("2025550143");
        assertThat(output.getAll().lines().filter(line -> !line.contains("curl")))
                .noneMatch(line -> line.contains("2025550143"));
    }
}
