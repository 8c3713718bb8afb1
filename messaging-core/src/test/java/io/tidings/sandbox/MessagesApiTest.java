package io.tidings.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesApiTest {
    private final Sandbox sandbox = SteppedSandbox.builder().start();
    private final Api api = new Api(sandbox);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void a_created_message_is_queued_and_has_neither_price_nor_date_of_sending() {
        HttpResponse<String> answer = create("hello");

        JsonNode message = Api.json(answer);
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(message.path("sid").asText()).matches("SM[0-9a-f]{32}");
        assertThat(message.path("status").asText()).isEqualTo("queued");
        assertThat(message.path("num_segments").asText()).isEqualTo("1");
        assertThat(message.path("price").isNull()).isTrue();
        assertThat(message.path("date_sent").isNull()).isTrue();
        assertThat(message.path("date_created").asText()).isEqualTo("Sun, 01 Mar 2026 12:00:00 +0000");
        assertThat(message.path("direction").asText()).isEqualTo("outbound-api");
    }

    @Test
    void every_answer_carries_twilios_headers() {
        var headers = create("hello").headers();

        assertThat(headers.firstValue("Twilio-Request-Id").orElseThrow()).matches("RQ[0-9a-f]{32}");
        assertThat(headers.firstValue("Twilio-Concurrent-Requests")).hasValue("1");
        assertThat(headers.firstValue("Twilio-Request-Duration").orElseThrow()).matches("[0-9]+\\.[0-9]{3}");
        assertThat(headers.firstValue("X-Home-Region")).hasValue("us1");
        assertThat(headers.firstValue("Content-Type")).hasValue("application/json");
    }

    @Test
    void a_path_without_json_answers_xml() {
        HttpResponse<String> created = api.post(
                api.messages().replace(".json", ""),
                "To",
                SteppedSandbox.TO,
                "From",
                SteppedSandbox.FROM,
                "Body",
                "a < b & c");
        HttpResponse<String> missing = api.get(api.message("SMnone").replace(".json", ""));

        assertThat(created.body())
                .contains("<TwilioResponse><Message><Sid>SM", "<Body>a &lt; b &amp; c</Body>", "<NumSegments>1<");
        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(missing.body()).contains("<RestException><Code>20404</Code>");
    }

    @Test
    void the_api_key_opens_the_account_too() {
        assertThat(new Api(sandbox, sandbox.apiKeySid(), sandbox.apiKeySecret())
                        .get(api.messages())
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Basic", "Basic !!!", "Bearer abc", "Basic QUM6eA=="})
    void wrong_credentials_are_answered_401_with_code_20003(String header) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(sandbox.url() + api.messages()));
        HttpResponse<String> answer = api.send(header.isEmpty() ? request : request.header("Authorization", header));

        assertError(answer, 401, 20003);
        assertThat(Api.json(answer).path("more_info").asText()).isEqualTo("https://www.twilio.com/docs/errors/20003");
    }

    @Test
    void another_account_in_the_path_is_answered_401() {
        assertError(api.get("/2010-04-01/Accounts/AC00000000000000000000000000000000/Messages.json"), 401, 20003);
    }

    @Test
    void a_rotated_token_refuses_the_old_one() {
        sandbox.rotateAuthToken("fresh");

        assertError(api.get(api.messages()), 401, 20003);
        assertThat(new Api(sandbox).get(api.messages()).statusCode()).isEqualTo(200);
    }

    @Test
    void unknown_paths_are_404_and_wrong_methods_405() {
        String account = "/2010-04-01/Accounts/" + sandbox.accountSid();

        assertError(api.get(account + "/Nothing.json"), 404, 20404);
        assertError(api.get(account + "/Messages/SM1/Nothing.json"), 404, 20404);
        assertError(api.get(account + "/Messages/SM1/Media/ME1/More.json"), 404, 20404);
        assertError(api.get("/v2/Services"), 404, 20404);
        assertError(api.get("/v1/ServicesX"), 404, 20404);
        assertError(api.delete(api.messages()), 405, 20004);
        assertError(api.post(account + "/Balance.json"), 405, 20004);
        assertError(api.delete("/v1/Services"), 405, 20004);
        assertError(
                api.send(api.request(api.message("SM1")).method("PUT", HttpRequest.BodyPublishers.noBody())),
                405,
                20004);
        assertThat(Api.json(api.get(api.message("SM1"))).path("message").asText())
                .isEqualTo("The requested resource " + api.message("SM1") + " was not found");
    }

    @Test
    void a_body_beyond_a_million_characters_is_413() {
        assertError(create("x".repeat(1_000_001)), 413, 20413);
    }

    @Test
    void the_account_tells_its_standing_and_balance() {
        String account = "/2010-04-01/Accounts/" + sandbox.accountSid();
        sandbox.balance("-3.50");

        assertThat(Api.json(api.get(account + ".json")).path("status").asText()).isEqualTo("active");
        assertThat(Api.json(api.get(account + ".json")).path("type").asText()).isEqualTo("Full");
        assertThat(Api.json(api.get(account + "/Balance.json")).path("balance").asText())
                .isEqualTo("-3.50");
    }

    @Test
    void a_suspended_account_creates_nothing() {
        sandbox.accountStatus("suspended");

        assertError(create("hello"), 403, 20005);
        assertThat(sandbox.messages()).isEmpty();
    }

    @Test
    void pages_lead_through_all_messages_newest_first_and_back() {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            made.add(api.created("To", SteppedSandbox.TO, "From", SteppedSandbox.FROM, "Body", "n" + i));
        }
        Collections.reverse(made);

        JsonNode first = Api.json(api.get(api.messages() + "?PageSize=3"));
        JsonNode second = Api.json(api.get(first.path("next_page_uri").asText()));
        JsonNode third = Api.json(api.get(second.path("next_page_uri").asText()));
        JsonNode back = Api.json(api.get(third.path("previous_page_uri").asText()));

        assertThat(sids(first)).isEqualTo(made.subList(0, 3));
        assertThat(sids(second)).isEqualTo(made.subList(3, 6));
        assertThat(sids(third)).isEqualTo(made.subList(6, 7));
        assertThat(sids(back)).isEqualTo(sids(second));
        assertThat(first.path("previous_page_uri").isNull()).isTrue();
        assertThat(third.path("next_page_uri").isNull()).isTrue();
        assertThat(first.path("next_page_uri").asText())
                .contains("PageToken=PASM")
                .startsWith("/2010-04-01/");
        assertThat(second.path("start").asInt()).isEqualTo(3);
        assertThat(second.path("end").asInt()).isEqualTo(5);
    }

    @Test
    void a_page_token_survives_new_messages_and_the_deletion_of_its_message() {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            made.add(api.created("To", SteppedSandbox.TO, "From", SteppedSandbox.FROM, "Body", "n" + i));
        }
        JsonNode first = Api.json(api.get(api.messages() + "?PageSize=2"));
        sandbox.advance(SteppedSandbox.LIFETIME);
        api.delete(api.message(made.get(2)));
        create("later");

        assertThat(sids(Api.json(api.get(first.path("next_page_uri").asText()))))
                .containsExactly(made.get(1), made.get(0));
    }

    @Test
    void too_large_pages_and_unknown_tokens_are_refused() {
        assertError(api.get(api.messages() + "?PageSize=1001"), 400, 20007);
        assertError(api.get(api.messages() + "?PageToken=PASMnothing"), 400, 21481);
        assertError(api.get(api.messages() + "?PageToken=x"), 400, 21481);
    }

    @Test
    void the_list_filters_by_both_numbers_and_by_date() {
        String sent = api.created("To", SteppedSandbox.TO, "From", SteppedSandbox.FROM, "Body", "a");
        sandbox.advance(SteppedSandbox.LIFETIME);
        String waiting = api.created("To", "+12025550199", "From", SteppedSandbox.FROM, "Body", "b");

        assertThat(found("To=%2B12025550199")).containsExactly(waiting);
        assertThat(found("From=%2B12025550100")).containsExactly(waiting, sent);
        assertThat(found("From=%2B12025550101")).isEmpty();
        assertThat(found("DateSent=2026-03-01")).containsExactly(sent);
        assertThat(found("DateSent=2026-03-02")).isEmpty();
        assertThat(found("DateSent%3E=2026-03-02")).isEmpty();
        assertThat(found("DateSent%3C=2026-03-02&DateSent%3E=2026-03-01T12:00:00Z"))
                .containsExactly(sent);
        assertError(api.get(api.messages() + "?DateSent=yesterday"), 400, 20422);
    }

    @Test
    void an_empty_body_redacts_and_nothing_else_can_be_changed() {
        String sid = api.created("To", SteppedSandbox.TO, "From", SteppedSandbox.FROM, "Body", "secret");
        sandbox.advance(SteppedSandbox.LIFETIME);

        assertError(api.post(api.message(sid), "Body", "other"), 400, 20422);
        assertError(api.post(api.message(sid), "To", "+12025550199"), 400, 20422);
        assertError(api.post(api.message(sid), "Status", "delivered"), 400, 20422);
        assertError(api.post(api.message(sid), "Status", "canceled"), 400, 30409);
        assertThat(api.post(api.message(sid), "Body", "").statusCode()).isEqualTo(200);
        assertThat(api.fetch(sid).path("body").asText()).isEmpty();
        assertThat(api.fetch(sid).path("to").asText()).isEqualTo(SteppedSandbox.TO);
    }

    @Test
    void a_message_is_deleted_only_once_it_is_finished() {
        String sid = api.created("To", SteppedSandbox.TO, "From", SteppedSandbox.FROM, "Body", "a");

        assertError(api.delete(api.message(sid)), 409, 20009);
        sandbox.advance(SteppedSandbox.LIFETIME);
        assertThat(api.delete(api.message(sid)).statusCode()).isEqualTo(204);
        assertError(api.get(api.message(sid)), 404, 20404);
        assertThat(found("")).isEmpty();
    }

    @Test
    void media_make_an_mm_message_of_one_segment_and_are_listed() {
        JsonNode message = Api.json(api.create(
                "To",
                SteppedSandbox.TO,
                "From",
                SteppedSandbox.FROM,
                "MediaUrl",
                "https://example.com/a.png",
                "MediaUrl",
                "https://example.com/b.jpg"));
        String sid = message.path("sid").asText();

        JsonNode media =
                Api.json(api.get(message.path("subresource_uris").path("media").asText()));
        assertThat(sid).startsWith("MM");
        assertThat(message.path("num_media").asText()).isEqualTo("2");
        assertThat(message.path("num_segments").asText()).isEqualTo("1");
        assertThat(media.path("media_list")).hasSize(2);
        assertThat(media.at("/media_list/0/content_type").asText()).isEqualTo("image/png");
        assertThat(media.at("/media_list/0/sid").asText()).matches("ME[0-9a-f]{32}");
        assertThat(new HashSet<>(media.findValuesAsText("sid"))).hasSize(2);
    }

    @Test
    void feedback_is_taken_for_a_known_message() {
        String sid = api.created("To", SteppedSandbox.TO, "From", SteppedSandbox.FROM, "Body", "a");
        String path = api.message(sid).replace(".json", "/Feedback.json");

        assertThat(Api.json(api.post(path, "Outcome", "unconfirmed"))
                        .path("outcome")
                        .asText())
                .isEqualTo("unconfirmed");
        assertError(api.post(path, "Outcome", "perhaps"), 400, 20422);
    }

    private HttpResponse<String> create(String body) {
        return api.create("To", SteppedSandbox.TO, "From", SteppedSandbox.FROM, "Body", body);
    }

    private List<String> found(String query) {
        return sids(Api.json(api.get(api.messages() + "?" + query)));
    }

    private static List<String> sids(JsonNode page) {
        List<String> sids = new ArrayList<>();
        page.path("messages").forEach(each -> sids.add(each.path("sid").asText()));
        return sids;
    }

    static void assertError(HttpResponse<String> answer, int status, int code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(Api.json(answer).path("code").asInt()).isEqualTo(code);
        assertThat(Api.json(answer).path("status").asInt()).isEqualTo(status);
    }
}
