package io.tidings.spring.rest;

import static io.tidings.spring.rest.RestRig.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidings.Tidings;
import io.tidings.endpoint.Courier;
import io.tidings.endpoint.DeliverySettings;
import io.tidings.endpoint.WebhookEndpoint;
import io.tidings.event.EventKind;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Secret;
import io.tidings.message.TenantId;
import io.tidings.spring.rest.RestRig.Told;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;

/** The other systems that are told of events, operated over HTTP. */
class EndpointsOverHttpTest {
    private static final String ANA = "+12025550143";
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String WHY = "{\"reason\":\"the CRM is moved\"}";

    /** Answers as it is told, and calls nobody. */
    private static final class Scripted implements Courier {
        private volatile int code = 500;

        @Override
        public void check(URI url) {
            assertThat(url.getHost()).isEqualTo("crm.example.com");
        }

        @Override
        public Answer post(URI url, Map<String, String> headers, byte[] body) {
            return new Answered(code, Duration.ZERO);
        }

        @Override
        public void close() {
            code = 500;
        }
    }

    private final Scripted courier = new Scripted();
    /** Not started, so that a test says when something is delivered; a failed delivery is set aside at once. */
    private final RestRig rig = new RestRig()
            .withKey("acme", "scopes=read,operate,admin", "tenant=acme")
            .withKey("reader", "scopes=read")
            .customized(builder -> builder.endpoints(
                            courier,
                            WebhookEndpoint.of("crm", URI.create("https://crm.example.com/hooks"), new Secret(SECRET))
                                    .toldOf(Set.of(EventKind.OPTED_OUT)))
                    .deliveries(DeliverySettings.defaults().withPauses(List.of())));

    private Told call(AssertableWebApplicationContext context, String method, String path, String body)
            throws Exception {
        return rig.call(context, method, "/endpoints" + path, body);
    }

    /** Somebody opts out and the endpoint is told of it, so many times. */
    private static void happen(Tidings tidings, int times) {
        for (int i = 0; i < times; i++) {
            String number = "+1202555014" + i;
            tidings.optOut(TenantId.DEFAULT, new PhoneNumber(number), "desk");
        }
        tidings.runDue();
        tidings.endpoints().runDue();
    }

    @Test
    void what_an_endpoint_did_not_take_is_seen_and_sent_again_one_by_one() {
        rig.run(context -> {
            Tidings tidings = context.getBean(Tidings.class);
            happen(tidings, 3);

            JsonNode crm = call(context, "GET", "", "").json().at("/endpoints/0");
            assertThat(crm.get("name").textValue()).isEqualTo("crm");
            assertThat(crm.get("setAside").intValue() + crm.get("waiting").intValue())
                    .isEqualTo(3);
            Told list = call(context, "GET", "/crm/deliveries?limit=2", "");
            JsonNode first = list.json().at("/deliveries/0");
            assertThat(first.get("setAside").booleanValue()).isTrue();
            assertThat(first.get("kind").textValue()).isEqualTo("OPTED_OUT");
            assertThat(list.response().body())
                    .doesNotContain(ANA.substring(1, 11))
                    .doesNotContain(SECRET);
            assertThat(call(
                                    context,
                                    "GET",
                                    "/crm/deliveries?limit=2&after="
                                            + list.json().get("next").textValue(),
                                    "")
                            .json()
                            .get("deliveries"))
                    .hasSize(1);

            String again = "/crm/deliveries/" + first.get("id").textValue() + "/retry";
            assertThat(call(context, "POST", again, "").json().get("retried").intValue())
                    .isEqualTo(1);
            assertThat(call(context, "POST", again, "").code()).isEqualTo("not-set-aside");
            courier.code = 204;
            tidings.endpoints().runDue();
            assertThat(call(context, "POST", "/crm/retry", "").status()).isEqualTo(200);
            tidings.endpoints().runDue();
            assertThat(call(context, "GET", "/crm/deliveries", "").json().get("deliveries"))
                    .isEmpty();
            assertThat(rig.call(context, "GET", "/audit?all=true&action=endpoint.retried", "")
                            .json()
                            .at("/entries/0/actor")
                            .textValue())
                    .contains("loopback");
        });
    }

    @Test
    void a_paused_endpoint_is_told_later() {
        courier.code = 204;
        rig.run(context -> {
            Tidings tidings = context.getBean(Tidings.class);
            assertThat(call(context, "POST", "/crm/pause", "{}").code()).isEqualTo("invalid-request");
            assertThat(call(context, "POST", "/crm/pause", WHY)
                            .json()
                            .get("paused")
                            .textValue())
                    .isEqualTo("the CRM is moved");
            happen(tidings, 1);
            assertThat(call(context, "GET", "/crm/deliveries", "").json().get("deliveries"))
                    .hasSize(1);

            assertThat(call(context, "POST", "/crm/resume", WHY).json().has("paused"))
                    .isFalse();
            tidings.endpoints().runDue();
            assertThat(call(context, "GET", "/crm/deliveries", "").json().get("deliveries"))
                    .isEmpty();
        });
    }

    @Test
    void they_are_for_operators_of_all_tenants() {
        rig.run(context -> {
            for (String path : List.of("/endpoints", "/endpoints/crm/deliveries")) {
                assertThat(rig.call(context, "GET", path, "", "Authorization", bearer("acme"))
                                .code())
                        .isEqualTo("not-found");
                assertThat(rig.call(context, "GET", path, "", "Authorization", bearer("reader"))
                                .code())
                        .isEqualTo("missing-scope");
            }
            assertThat(rig.call(context, "POST", "/endpoints/crm/pause", WHY, "Authorization", bearer("acme"))
                            .code())
                    .isEqualTo("not-found");
            assertThat(call(context, "POST", "/desk/pause", WHY).code()).isEqualTo("not-found");
            assertThat(call(context, "POST", "/crm/deliveries/x/retry", "").code())
                    .isEqualTo("not-found");
        });
    }
}
