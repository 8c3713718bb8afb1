package io.tidings.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Accounts below the main one. */
class SubaccountTest {
    private static final String MAIN = "20255";
    private static final String BELOW = "20266";
    private static final String TO = "+12025550143";

    private final Sandbox sandbox = SteppedSandbox.builder().sender(MAIN).start();
    private final Subaccount acme = sandbox.subaccount("Acme", BELOW);
    private final Subaccount other = sandbox.subaccount("Other", "20277");
    private final Api mine = new Api(sandbox, acme.sid(), acme.authToken());

    @AfterEach
    void close() {
        sandbox.close();
    }

    private static String messages(Subaccount account) {
        return "/2010-04-01/Accounts/" + account.sid() + "/Messages.json";
    }

    private static String message(Subaccount account, String sid) {
        return "/2010-04-01/Accounts/" + account.sid() + "/Messages/" + sid + ".json";
    }

    private String created() {
        return Api.json(mine.post(messages(acme), "From", BELOW, "To", TO, "Body", "hello"))
                .path("sid")
                .asText();
    }

    @Test
    void it_says_who_owns_it() {
        JsonNode account = Api.json(mine.get("/2010-04-01/Accounts/" + acme.sid() + ".json"));

        assertThat(account.path("sid").asText()).isEqualTo(acme.sid());
        assertThat(account.path("owner_account_sid").asText()).isEqualTo(sandbox.accountSid());
        assertThat(account.path("friendly_name").asText()).isEqualTo("Acme");
    }

    @Test
    void its_messages_are_its_own() {
        String sid = created();
        Api others = new Api(sandbox, other.sid(), other.authToken());

        assertThat(Api.json(mine.get(message(acme, sid))).path("account_sid").asText())
                .isEqualTo(acme.sid());
        assertThat(Api.json(mine.get(messages(acme))).path("messages")).hasSize(1);
        assertThat(Api.json(others.get(messages(other))).path("messages")).isEmpty();
        assertThat(others.get(message(other, sid)).statusCode()).isEqualTo(404);
        assertThat(new Api(sandbox).get(new Api(sandbox).message(sid)).statusCode())
                .isEqualTo(404);
    }

    @Test
    void the_main_account_acts_for_it_and_no_other_does() {
        String sid = created();
        Api main = new Api(sandbox);
        Api key = new Api(sandbox, sandbox.apiKeySid(), sandbox.apiKeySecret());
        Api others = new Api(sandbox, other.sid(), other.authToken());

        assertThat(main.get(message(acme, sid)).statusCode()).isEqualTo(200);
        assertThat(key.get(message(acme, sid)).statusCode()).isEqualTo(200);
        assertThat(others.get(message(acme, sid)).statusCode()).isEqualTo(401);
        assertThat(mine.get(main.messages()).statusCode()).isEqualTo(401);
    }

    @Test
    void nobody_sends_from_anothers_number() {
        JsonNode refused = Api.json(mine.post(messages(acme), "From", MAIN, "To", TO, "Body", "hello"));

        assertThat(refused.path("code").asInt()).isEqualTo(21660);
        assertThat(sandbox.log().accepted()).isEmpty();
        assertThatThrownBy(() -> sandbox.subaccount("Third", BELOW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("belongs to one account");
    }

    @Test
    void its_callbacks_are_signed_with_its_token() {
        try (Receiver receiver = new Receiver()) {
            mine.post(messages(acme), "From", BELOW, "To", TO, "Body", "hello", "StatusCallback", receiver.url("/s"));
            sandbox.advance(SteppedSandbox.LIFETIME);

            assertThat(receiver.arrivals).isNotEmpty().allSatisfy(arrival -> {
                assertThat(arrival.value("AccountSid")).isEqualTo(acme.sid());
                assertThat(arrival.header("X-twilio-signature"))
                        .isEqualTo(Signature.of(acme.authToken(), receiver.url("/s"), arrival.form()))
                        .isNotEqualTo(Signature.of(sandbox.authToken(), receiver.url("/s"), arrival.form()));
            });
        }
    }

    @Test
    void a_token_is_replaced_without_touching_the_others() {
        acme.rotateAuthToken("0123456789abcdef0123456789abcdef");

        assertThat(mine.get(messages(acme)).statusCode()).isEqualTo(401);
        assertThat(new Api(sandbox, acme.sid(), acme.authToken())
                        .get(messages(acme))
                        .statusCode())
                .isEqualTo(200);
        assertThat(new Api(sandbox, other.sid(), other.authToken())
                        .get(messages(other))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_suspended_one_creates_nothing_and_with_the_main_one_all_stand_still() {
        acme.status("suspended");
        assertThat(mine.post(messages(acme), "From", BELOW, "To", TO, "Body", "hello")
                        .statusCode())
                .isEqualTo(403);
        assertThat(new Api(sandbox, other.sid(), other.authToken())
                        .post(messages(other), "From", "20277", "To", TO, "Body", "hello")
                        .statusCode())
                .isEqualTo(201);

        sandbox.accountStatus("suspended");

        assertThat(new Api(sandbox, other.sid(), other.authToken())
                        .post(messages(other), "From", "20277", "To", TO, "Body", "again")
                        .statusCode())
                .isEqualTo(403);
    }
}
