package io.tidings.spring.test;

import static io.tidings.test.TidingsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.Tidings;
import io.tidings.event.MessageDelivered;
import io.tidings.message.Secret;
import io.tidings.spring.OnSms;
import io.tidings.test.SignedWebhook;
import io.tidings.test.TestTidings;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;

/** Handlers and listeners of the application work in the slice as they do outside. */
@TidingsTest
@Import(HandlersInSliceTest.Desk.class)
class HandlersInSliceTest {
    private static final Secret TOKEN = new Secret("the auth token of the fake account");
    private static final URI INBOUND = URI.create("https://tidings.example.com/inbound");

    static class Desk {
        final List<Object> told = new CopyOnWriteArrayList<>();

        @OnSms(keyword = "status")
        String status() {
            return "Ready at bay 4.";
        }

        @EventListener
        void delivered(MessageDelivered event) {
            told.add(event.message().to().e164());
        }
    }

    @Autowired
    TestTidings kit;

    @Autowired
    Tidings tidings;

    @Autowired
    Desk desk;

    @Test
    void a_text_is_answered_and_its_delivery_is_told() {
        tidings.webhooks()
                .handle(SignedWebhook.inbound(
                                INBOUND, "SM" + "7".repeat(32), "+12025550143", TestTidings.SENDER, "Status?")
                        .sign(TOKEN));
        kit.runDue();

        assertThat(kit).sentTo("+12025550143").times(1);
        assertThat(desk.told).containsExactly("+12025550143");
    }
}
