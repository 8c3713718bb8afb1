package io.tidings.spring.rest;

import static io.tidings.spring.rest.RestRig.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidings.Tidings;
import io.tidings.inbound.Reply;
import io.tidings.message.MessageId;
import io.tidings.message.Secret;
import io.tidings.sandbox.Sandbox;
import io.tidings.test.SignedWebhook;
import io.tidings.webhook.Webhooks;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;

/** All that the provider called about in one list, and taking one of it in again, over HTTP. */
class WebhookListOverHttpTest {
    private static final String ANA = "+12025550143";

    private final AtomicInteger handled = new AtomicInteger();
    private final CountDownLatch answered = new CountDownLatch(1);
    private final RestRig rig = new RestRig()
            .withKey("acme", "scopes=read,operate", "tenant=acme")
            .withKey("reader", "scopes=read")
            .customized(builder -> builder.onMessage(message -> {
                handled.incrementAndGet();
                answered.countDown();
                return Reply.none();
            }));

    private JsonNode list(AssertableWebApplicationContext context, String query) throws Exception {
        return rig.call(context, "GET", "/webhooks" + query, "").json();
    }

    private static void text(Tidings tidings, Sandbox sandbox) {
        Webhooks webhooks = tidings.webhooks();
        SignedWebhook text = SignedWebhook.inbound(
                URI.create(webhooks.publicUrl() + Webhooks.INBOUND_PATH),
                "SM" + "1".repeat(32),
                ANA,
                "+12025550100",
                "Is it ready?");
        assertThat(webhooks.handle(text.sign(new Secret(sandbox.authToken()))).status())
                .isEqualTo(200);
    }

    @Test
    void callbacks_and_texts_are_one_list_and_a_replay_does_nothing_twice() throws Exception {
        rig.withWebhooks().run(context -> {
            Tidings tidings = context.getBean(Tidings.class);
            tidings.start();
            MessageId id = tidings.sms(ANA, "Your car is ready.").id();
            tidings.await(id, Duration.ofSeconds(30));
            text(tidings, context.getBean(Sandbox.class));
            assertThat(answered.await(30, TimeUnit.SECONDS)).isTrue();

            JsonNode all = list(context, "").get("webhooks");
            assertThat(all.findValuesAsText("kind")).contains("STATUS", "INBOUND");
            JsonNode delivered = list(context, "?kind=status&outcome=delivered")
                    .get("webhooks")
                    .get(0);
            assertThat(delivered.get("message").textValue()).isEqualTo(id.toString());
            assertThat(delivered.at("/parameters/MessageStatus").textValue()).isEqualTo("delivered");
            JsonNode heard = list(context, "?kind=INBOUND").get("webhooks").get(0);
            assertThat(heard.at("/parameters/Body").textValue()).isEqualTo("Is it ready?");

            List<String> paged = new ArrayList<>();
            String after = "";
            while (after != null) {
                JsonNode page = list(context, "?limit=1" + after);
                paged.addAll(page.get("webhooks").findValuesAsText("id"));
                after = page.has("next") ? "&after=" + page.get("next").textValue() : null;
            }
            assertThat(paged).isEqualTo(all.findValuesAsText("id"));

            for (JsonNode one : List.of(delivered, heard)) {
                assertThat(rig.call(
                                        context,
                                        "POST",
                                        "/webhooks/" + one.get("id").textValue() + "/replay",
                                        "")
                                .json()
                                .get("outcome")
                                .textValue())
                        .isIn("TAKEN_IN", "NOTHING_TO_DO");
            }
            assertThat(handled).hasValue(1);
            assertThat(rig.call(context, "GET", "/audit?action=webhook.replayed", "")
                            .json()
                            .get("entries"))
                    .hasSize(1);
            foreign(context, heard.get("id").textValue());
        });
    }

    private void foreign(AssertableWebApplicationContext context, String id) throws Exception {
        assertThat(rig.call(context, "GET", "/webhooks", "", "Authorization", bearer("acme"))
                        .json()
                        .get("webhooks"))
                .isEmpty();
        assertThat(rig.call(context, "POST", "/webhooks/" + id + "/replay", "", "Authorization", bearer("acme"))
                        .code())
                .isEqualTo("not-found");
        assertThat(rig.call(context, "POST", "/webhooks/" + id + "/replay", "", "Authorization", bearer("reader"))
                        .code())
                .isEqualTo("missing-scope");
        assertThat(rig.call(context, "GET", "/webhooks?kind=letter", "").code()).isEqualTo("invalid-request");
        assertThat(rig.call(context, "GET", "/webhooks?after=x", "").code()).isEqualTo("invalid-request");
    }
}
