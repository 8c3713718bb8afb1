package io.tidings.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.tidings.Tidings;
import io.tidings.endpoint.Courier;
import io.tidings.message.NotConfiguredException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.NestedExceptionUtils;

class OutgoingTest {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String CRM = "tidings.outgoing.endpoints.crm.";

    private final ApplicationContextRunner runner = Contexts.plain()
            .withConfiguration(AutoConfigurations.of(TidingsOutgoingAutoConfiguration.class))
            .withPropertyValues("tidings.provider=sandbox");

    private record Received(List<String> signature, String body) {}

    @Test
    void an_endpoint_of_the_properties_is_told_of_events() throws Exception {
        BlockingQueue<Received> received = new LinkedBlockingQueue<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/hooks", exchange -> {
            received.add(new Received(
                    exchange.getRequestHeaders().get("webhook-signature"),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        try {
            runner.withPropertyValues(
                            CRM + "url=http://127.0.0.1:" + server.getAddress().getPort() + "/hooks",
                            CRM + "secrets=" + SECRET + ",whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD",
                            CRM + "events=message-queued,message-failed",
                            "tidings.outgoing.allow-http=true",
                            "tidings.outgoing.allowed-networks=127.0.0.1")
                    .run(context -> {
                        Tidings tidings = context.getBean(Tidings.class);
                        tidings.start();
                        tidings.sms("+12025550143", "Your car is ready.");

                        Received first = received.poll(30, TimeUnit.SECONDS);
                        assertThat(first.body())
                                .contains("message.queued")
                                .doesNotContain("555014")
                                .doesNotContain("ready");
                        assertThat(first.signature())
                                .singleElement()
                                .asString()
                                .startsWith("v1,")
                                .contains(" v1,");
                    });
        } finally {
            server.stop(0);
        }
    }

    @Test
    void an_address_inside_or_without_tls_is_refused_at_the_start_unless_it_is_allowed() {
        runner.withPropertyValues(CRM + "url=http://crm.example.com/", CRM + "secrets=" + SECRET)
                .run(context -> assertThat(NestedExceptionUtils.getMostSpecificCause(context.getStartupFailure()))
                        .isInstanceOf(NotConfiguredException.class)
                        .hasMessageContaining("not https"));
        runner.withPropertyValues(
                        CRM + "url=https://crm.example.com/",
                        CRM + "secrets=" + SECRET,
                        "tidings.outgoing.only-hosts=desk.example.com")
                .run(context -> assertThat(NestedExceptionUtils.getMostSpecificCause(context.getStartupFailure()))
                        .hasMessageContaining("not among those allowed"));
    }

    @Test
    void without_endpoints_nobody_is_told_and_the_courier_can_be_replaced() {
        runner.run(context -> assertThat(context).hasNotFailed().hasSingleBean(Courier.class));
        runner.withBean("mine", Courier.class, TestCourier::new)
                .run(context -> assertThat(context.getBean(Courier.class)).isInstanceOf(TestCourier.class));
    }

    private static final class TestCourier implements Courier {
        @Override
        public void check(URI url) {
            throw new NotConfiguredException("it goes nowhere");
        }

        @Override
        public Answer post(URI url, Map<String, String> headers, byte[] body) {
            return new Silent("it goes nowhere");
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
