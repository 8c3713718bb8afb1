package io.tidings.spring.rest;

import static io.tidings.spring.rest.RestRig.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidings.Tidings;
import io.tidings.message.AttemptId;
import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import io.tidings.outbox.MessageView;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the provider called about a message, and taking it in again. */
class CallbacksOverHttpTest {

    private final RestRig rig = new RestRig();

    @Test
    void callbacks_are_there_as_they_came_and_a_replay_changes_nothing() throws Exception {
        rig.withWebhooks().withKey("acme", "scopes=read,operate", "tenant=acme").run(context -> {
            Tidings tidings = context.getBean(Tidings.class);
            tidings.start();
            MessageId id = tidings.sms("+12025550143", "Ready.").id();
            tidings.await(id, Duration.ofSeconds(30));
            AttemptId attempt = tidings.explain(id)
                    .orElseThrow()
                    .attempts()
                    .get(0)
                    .attempt()
                    .id();
            String sid = tidings.explain(id)
                    .orElseThrow()
                    .attempts()
                    .get(0)
                    .attempt()
                    .sid();
            assertThat(sid).isNotNull();
            assertThat(tidings.webhooks()
                            .replay(attempt, Map.of("MessageSid", sid, "MessageStatus", "sent", "To", "+12025550143")))
                    .isTrue();
            MessageView before = tidings.find(id).orElseThrow();

            JsonNode callbacks = rig.call(context, "GET", "/messages/" + id + "/callbacks", "")
                    .json()
                    .get("callbacks");
            assertThat(callbacks.size()).isPositive();
            JsonNode last = callbacks.get(callbacks.size() - 1);
            assertThat(last.at("/parameters/MessageSid").textValue()).isEqualTo(sid);
            assertThat(last.get("status").textValue()).isEqualTo("SENT");

            for (int i = 0; i < 3; i++) {
                assertThat(rig.call(
                                        context,
                                        "POST",
                                        "/messages/" + id + "/callbacks/" + callbacks.size() + "/replay",
                                        "")
                                .status())
                        .isEqualTo(200);
            }
            MessageView after = tidings.find(id).orElseThrow();
            assertThat(after.status()).isEqualTo(MessageStatus.DELIVERED).isEqualTo(before.status());
            assertThat(after.changedAt()).isEqualTo(before.changedAt());
            assertThat(rig.call(context, "POST", "/messages/" + id + "/callbacks/99/replay", "")
                            .status())
                    .isEqualTo(404);
            for (String path : new String[] {"/callbacks", "/callbacks/1/replay"}) {
                assertThat(rig.call(
                                        context,
                                        path.endsWith("replay") ? "POST" : "GET",
                                        "/messages/" + id + path,
                                        "",
                                        "Authorization",
                                        bearer("acme"))
                                .status())
                        .isEqualTo(404);
            }
        });
    }
}
