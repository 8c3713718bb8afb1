package io.tidings.spring.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.Tidings;
import io.tidings.history.MessageFilter;
import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import io.tidings.message.TenantId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** The same application with the starter on its class path and two properties: none of its own tests is lost. */
@TestPropertySource(properties = {"tidings.provider=sandbox", "tidings.rest.enabled=true"})
class BillingWithTidingsTest extends BillingTests {

    /** Known before the start, for the provider reports to it. */
    @DynamicPropertySource
    static void port(DynamicPropertyRegistry properties) throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = free.getLocalPort();
            properties.add("server.port", () -> port);
        }
    }

    @Test
    void an_invoice_and_its_text_are_there_or_neither_and_reports_need_no_login(@Autowired Tidings tidings)
            throws Exception {
        long before = texts();
        post("clerk", "/invoices", bill(-1));
        assertThat(texts()).isEqualTo(before);

        assertThat(post("clerk", "/invoices", bill(100)).statusCode()).isEqualTo(201);
        assertThat(texts()).isEqualTo(before + 1);

        List<MessageId> sent = new ArrayList<>();
        tidings.history().each(MessageFilter.of(TenantId.DEFAULT), message -> sent.add(message.id()));
        assertThat(sent).isNotEmpty();
        for (MessageId id : sent) {
            assertThat(tidings.await(id, Duration.ofSeconds(30)).status()).isEqualTo(MessageStatus.DELIVERED);
        }
        assertThat(tidings.webhooks().counts().forbidden()).isZero();
    }

    private long texts() {
        return jdbc.queryForObject("SELECT COUNT(*) FROM tidings_queue", Long.class)
                + jdbc.queryForObject("SELECT COUNT(*) FROM tidings_message", Long.class);
    }

    @Test
    void roles_decide_who_operates_the_texts() throws Exception {
        assertThat(get("", "/tidings/api/v1/messages").statusCode()).isEqualTo(401);
        assertThat(get("clerk", "/tidings/api/v1/messages").statusCode()).isEqualTo(403);
        HttpResponse<String> answer = get("operator", "/tidings/api/v1/messages");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"messages\":").doesNotContain("_at\"");
    }
}
