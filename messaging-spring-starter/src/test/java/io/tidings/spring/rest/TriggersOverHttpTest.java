package io.tidings.spring.rest;

import static io.tidings.spring.rest.RestRig.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidings.Tidings;
import io.tidings.message.MessageId;
import io.tidings.outbox.MessageView;
import io.tidings.spring.rest.RestRig.Told;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;

/** What CRMs and automation tools set off. */
class TriggersOverHttpTest {
    private static final String AUTH = "Authorization";

    private final RestRig rig = new RestRig()
            .with(
                    "tidings.rest.triggers[0].name=review-request",
                    "tidings.rest.triggers[0].template=review",
                    "tidings.rest.triggers[0].delay=2d",
                    "tidings.rest.triggers[0].expires-after=1d",
                    "tidings.rest.triggers[1].name=hello",
                    "tidings.rest.triggers[1].template=nobody-wrote-it")
            .withKey("crm", "scopes=send,read")
            .withKey("acme", "scopes=send,read", "tenant=acme");

    private void template(AssertableWebApplicationContext context) throws Exception {
        rig.call(context, "PUT", "/templates/review", "{\"text\":\"Hi {{name}}, how was visit {{visit}}?\"}");
    }

    @Test
    void a_transaction_becomes_one_delayed_review_request() {
        rig.run(context -> {
            template(context);
            String visit = "{\"to\":\"+12025550143\",\"name\":\"Ana\",\"visit\":1881,\"key\":\"1881\","
                    + "\"total\":99.5,\"paid\":true,\"note\":null}";
            Told first = rig.call(context, "POST", "/triggers/review-request", visit, AUTH, bearer("crm"));
            Told again = rig.call(context, "POST", "/triggers/review-request", visit, AUTH, bearer("crm"));

            assertThat(first.status()).isEqualTo(201);
            assertThat(again.json().get("id")).isEqualTo(first.json().get("id"));
            Tidings tidings = context.getBean(Tidings.class);
            MessageView view = tidings.find(
                            MessageId.parse(first.json().get("id").textValue()))
                    .orElseThrow();
            assertThat(view.stored().message().content().toString()).isNotEmpty();
            assertThat(rig.call(context, "GET", "/messages/" + view.id(), "")
                            .json()
                            .get("text")
                            .textValue())
                    .isEqualTo("Hi Ana, how was visit 1881?");
            Instant now = Instant.now();
            assertThat(view.nextAt()).isBetween(now.plus(Duration.ofHours(47)), now.plus(Duration.ofHours(49)));
            assertThat(view.stored().expiresAt())
                    .isBetween(now.plus(Duration.ofHours(71)), now.plus(Duration.ofHours(73)));
        });
    }

    @Test
    void tools_that_only_know_addresses_say_all_there() {
        rig.run(context -> {
            template(context);
            String all = "/triggers/review-request?to=%2B12025550143&name=Ana+B&visit=7&utm=x";
            assertThat(rig.send(context, "POST", all, BodyPublishers.noBody(), AUTH, bearer("crm"))
                            .status())
                    .isEqualTo(201);
            assertThat(rig.send(context, "POST", all, BodyPublishers.noBody()).code())
                    .as("without a key a page of another site could do that")
                    .isEqualTo("not-json");
            assertThat(rig.call(context, "POST", all, "{\"name\":\"Ben\"}", AUTH, bearer("crm"))
                            .code())
                    .isEqualTo("invalid-request");
            assertThat(rig.call(context, "GET", all, "", AUTH, bearer("crm")).code())
                    .isEqualTo("method-not-allowed");
        });
    }

    @Test
    void a_test_call_checks_everything_and_stores_nothing() {
        rig.run(context -> {
            template(context);
            Told tried = rig.call(
                    context,
                    "POST",
                    "/triggers/review-request?test=true",
                    "{\"to\":\"+12025550143\",\"name\":\"Ana\",\"visit\":\"7\"}",
                    AUTH,
                    bearer("crm"));
            assertThat(tried.status()).isEqualTo(200);
            assertThat(tried.json().get("text").textValue()).isEqualTo("Hi Ana, how was visit 7?");
            assertThat(tried.json().get("stored").booleanValue()).isFalse();
            assertThat(rig.call(
                                    context,
                                    "POST",
                                    "/triggers/review-request",
                                    "{\"to\":\"+12025550143\",\"name\":\"Ana\",\"test\":true}",
                                    AUTH,
                                    bearer("crm"))
                            .code())
                    .isEqualTo("template-problem");
            assertThat(context.getBean(Tidings.class).counts()).isEmpty();
        });
    }

    @Test
    void the_log_tells_what_came_without_a_number_and_only_to_its_tenant() {
        rig.run(context -> {
            template(context);
            rig.call(context, "POST", "/triggers/review-request", "{\"name\":\"Ana\"}", AUTH, bearer("crm"));
            rig.call(
                    context,
                    "POST",
                    "/triggers/review-request",
                    "{\"to\":\"+12025550143\",\"name\":\"Ana\",\"visit\":\"7\"}",
                    AUTH,
                    bearer("crm"));
            JsonNode calls = rig.call(context, "GET", "/triggers/review-request/log", "", AUTH, bearer("crm"))
                    .json()
                    .get("calls");

            assertThat(calls).hasSize(2);
            assertThat(calls.get(0).get("outcome").textValue()).isEqualTo("SCHEDULED");
            assertThat(calls.get(0).has("message")).isTrue();
            assertThat(calls.get(1).get("outcome").textValue()).isEqualTo("invalid-request");
            assertThat(calls.get(1).get("actor").textValue()).contains("crm");
            assertThat(calls.toString())
                    .contains("visit")
                    .doesNotContain("2025550143")
                    .doesNotContain("Ana");
            assertThat(rig.call(context, "GET", "/triggers/review-request/log", "", AUTH, bearer("acme"))
                            .json()
                            .get("calls"))
                    .isEmpty();
        });
    }

    @Test
    void what_is_not_set_up_is_told() {
        rig.run(context -> {
            assertThat(rig.call(context, "POST", "/triggers/nothing", "{}").code())
                    .isEqualTo("not-found");
            assertThat(rig.call(context, "POST", "/triggers/hello", "{\"to\":\"+12025550143\"}")
                            .code())
                    .isEqualTo("template-problem");
            assertThat(rig.call(context, "POST", "/triggers/hello", "{\"to\":{}}")
                            .code())
                    .isEqualTo("invalid-request");
            assertThat(rig.call(context, "GET", "/triggers", "").json().get("triggers"))
                    .hasSize(2);
        });
    }
}
