package io.tidings.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServicesApiTest {
    private static final String CODE = "20255";
    private static final String NAME = "TIDINGS";

    private final Sandbox sandbox =
            SteppedSandbox.builder().sender(CODE).sender(NAME).start();
    private final Api api = new Api(sandbox);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void a_service_is_created_changed_listed_and_removed() {
        JsonNode service = Api.json(api.post(
                "/v1/Services",
                "FriendlyName",
                "alerts",
                "StatusCallback",
                "https://example.com/s",
                "StickySender",
                "false"));
        String path = "/v1/Services/" + service.path("sid").asText();
        api.post(path, "FriendlyName", "codes", "ValidityPeriod", "60");

        JsonNode fetched = Api.json(api.get(path));
        assertThat(fetched.path("sid").asText()).matches("MG[0-9a-f]{32}");
        assertThat(fetched.path("friendly_name").asText()).isEqualTo("codes");
        assertThat(fetched.path("validity_period").asInt()).isEqualTo(60);
        assertThat(fetched.path("sticky_sender").asBoolean()).isFalse();
        assertThat(fetched.path("status_callback").asText()).isEqualTo("https://example.com/s");
        assertThat(fetched.path("date_created").asText()).isEqualTo("2026-03-01T12:00:00Z");
        assertThat(fetched.path("url").asText()).isEqualTo(sandbox.url() + path);
        assertThat(api.delete(path).statusCode()).isEqualTo(204);
        MessagesApiTest.assertError(api.get(path), 404, 20404);
    }

    @Test
    void wrong_settings_are_refused() {
        MessagesApiTest.assertError(api.post("/v1/Services"), 400, 20002);
        MessagesApiTest.assertError(api.post("/v1/Services", "FriendlyName", "x".repeat(65)), 400, 20002);
        MessagesApiTest.assertError(api.post("/v1/Services", "FriendlyName", "a", "ValidityPeriod", "0"), 400, 21624);
        MessagesApiTest.assertError(
                api.post("/v1/Services", "FriendlyName", "a", "StatusCallback", "http://a_b.example.com/"), 400, 21609);
    }

    @Test
    void each_kind_of_sender_joins_its_own_list_of_the_pool() {
        String path = "/v1/Services/" + sandbox.createService("pool");
        JsonNode number = Api.json(api.post(
                path + "/PhoneNumbers", "PhoneNumberSid", sandbox.senders().get(SteppedSandbox.FROM)));
        api.post(path + "/ShortCodes", "ShortCodeSid", sandbox.senders().get(CODE));
        api.post(path + "/AlphaSenders", "AlphaSender", NAME);

        assertThat(number.path("phone_number").asText()).isEqualTo(SteppedSandbox.FROM);
        assertThat(number.path("country_code").asText()).isEqualTo("US");
        assertThat(Api.json(api.get(path + "/PhoneNumbers"))
                        .at("/phone_numbers/0/phone_number")
                        .asText())
                .isEqualTo(SteppedSandbox.FROM);
        assertThat(Api.json(api.get(path + "/ShortCodes"))
                        .at("/short_codes/0/short_code")
                        .asText())
                .isEqualTo(CODE);
        assertThat(Api.json(api.get(path + "/AlphaSenders"))
                        .at("/alpha_senders/0/alpha_sender")
                        .asText())
                .isEqualTo(NAME);
        assertThat(Api.json(api.get(path + "/PhoneNumbers/" + number.path("sid").asText()))
                        .path("sid"))
                .isEqualTo(number.path("sid"));
    }

    @Test
    void a_sender_is_in_at_most_one_service() {
        String first = "/v1/Services/" + sandbox.createService("first", SteppedSandbox.FROM);
        String second = "/v1/Services/" + sandbox.createService("second");
        String sid = sandbox.senders().get(SteppedSandbox.FROM);

        MessagesApiTest.assertError(api.post(first + "/PhoneNumbers", "PhoneNumberSid", sid), 409, 21710);
        MessagesApiTest.assertError(api.post(second + "/PhoneNumbers", "PhoneNumberSid", sid), 409, 21712);
        MessagesApiTest.assertError(api.post(second + "/PhoneNumbers"), 400, 20422);
        MessagesApiTest.assertError(api.post(second + "/ShortCodes", "ShortCodeSid", sid), 404, 20404);
        assertThat(api.delete(first + "/PhoneNumbers/" + sid).statusCode()).isEqualTo(204);
        assertThat(api.post(second + "/PhoneNumbers", "PhoneNumberSid", sid).statusCode())
                .isEqualTo(201);
    }

    @Test
    void the_list_pages_with_absolute_addresses() {
        for (int i = 0; i < 5; i++) {
            sandbox.createService("s" + i);
        }
        List<String> names = new ArrayList<>();
        String next = sandbox.url() + "/v1/Services?PageSize=2";
        int pages = 0;
        while (!next.isEmpty() && !next.equals("null")) {
            JsonNode page = Api.json(api.get(next));
            page.path("services")
                    .forEach(each -> names.add(each.path("friendly_name").asText()));
            assertThat(page.at("/meta/key").asText()).isEqualTo("services");
            next = page.at("/meta/next_page_url").asText();
            pages++;
        }

        assertThat(names).containsExactly("s0", "s1", "s2", "s3", "s4");
        assertThat(pages).isEqualTo(3);
    }

    @Test
    void a_status_callback_of_the_service_is_used_when_the_message_has_none() {
        try (Receiver ofService = new Receiver();
                Receiver ofMessage = new Receiver()) {
            String service = sandbox.createService("pool", SteppedSandbox.FROM);
            api.post("/v1/Services/" + service, "StatusCallback", ofService.url("/"));
            api.created("To", SteppedSandbox.TO, "MessagingServiceSid", service, "Body", "a");
            api.created(
                    "To",
                    SteppedSandbox.TO,
                    "MessagingServiceSid",
                    service,
                    "Body",
                    "b",
                    "StatusCallback",
                    ofMessage.url("/"));
            sandbox.advance(SteppedSandbox.LIFETIME);

            assertThat(ofService.told("MessageStatus")).containsExactly("queued", "sent", "delivered");
            assertThat(ofMessage.told("MessageStatus")).containsExactly("queued", "sent", "delivered");
        }
    }
}
