package io.tidings.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.ValidationReport;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds the sandbox's answers against Twilio's own OpenAPI files. Runs in the profile {@code openapi} only. */
class SandboxOpenApiIT {
    private static Contract core;
    private static Contract messaging;
    private static Contract content;

    private final Sandbox sandbox =
            SteppedSandbox.builder().sender("20255").sender("TIDINGS").start();
    private final Api api = new Api(sandbox);

    @BeforeAll
    static void readTheFiles() {
        String folder = System.getProperty("twilio.openapi.dir", "");
        if (folder.isBlank() || !Files.isRegularFile(Path.of(folder, "twilio_api_v2010.json"))) {
            throw new AssertionError("The profile openapi needs Twilio's OpenAPI files: pass"
                    + " -Dtwilio.openapi.dir=FOLDER, a folder with twilio_api_v2010.json, twilio_messaging_v1.json"
                    + " and twilio_content_v1.json");
        }
        core = new Contract(Path.of(folder, "twilio_api_v2010.json"));
        messaging = new Contract(Path.of(folder, "twilio_messaging_v1.json"));
        content = new Contract(Path.of(folder, "twilio_content_v1.json"));
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void every_answer_about_messages_fits() {
        HttpResponse<String> created = create("hello", "StatusCallback", "http://127.0.0.1:1/");
        String sid = Api.json(created).path("sid").asText();
        core.fits(created, "api.v2010.account.message");
        core.fits(api.get(api.message(sid)), "api.v2010.account.message");
        sandbox.advance(SteppedSandbox.LIFETIME);
        core.fits(api.get(api.message(sid)), "api.v2010.account.message");
        core.fits(api.post(api.message(sid), "Body", ""), "api.v2010.account.message");
        core.fits(
                api.post(api.message(sid).replace(".json", "/Feedback.json"), "Outcome", "confirmed"),
                "api.v2010.account.message.message_feedback");
        core.fits(api.delete(api.message(sid)), "");
    }

    @Test
    void a_failed_an_inbound_and_a_media_message_fit_too() {
        sandbox.handset(SteppedSandbox.TO, new HandsetOutcome.Undelivered(30003));
        String failed = Api.json(create("hello")).path("sid").asText();
        String media = Api.json(create("", "MediaUrl", "https://example.com/a.png"))
                .path("sid")
                .asText();
        String inbound =
                sandbox.reply(SteppedSandbox.TO, SteppedSandbox.FROM, "STOP").orElseThrow();
        sandbox.advance(SteppedSandbox.LIFETIME);

        core.fits(api.get(api.message(failed)), "api.v2010.account.message");
        core.fits(api.get(api.message(media)), "api.v2010.account.message");
        core.fits(api.get(api.message(inbound)), "api.v2010.account.message");
        HttpResponse<String> list = api.get(api.message(media).replace(".json", "/Media.json"));
        core.fits(list, "");
        core.sameFields(Api.json(list).at("/media_list/0"), "api.v2010.account.message.media");
    }

    @Test
    void accepted_scheduled_and_canceled_messages_of_a_service_fit() {
        String service = sandbox.createService("pool", SteppedSandbox.FROM);
        HttpResponse<String> accepted =
                api.create("To", SteppedSandbox.TO, "MessagingServiceSid", service, "Body", "a");
        HttpResponse<String> scheduled = api.create(
                "To", SteppedSandbox.TO,
                "MessagingServiceSid", service,
                "Body", "a",
                "ScheduleType", "fixed",
                "SendAt", "2026-03-02T12:00:00Z");

        core.fits(accepted, "api.v2010.account.message");
        core.fits(scheduled, "api.v2010.account.message");
        core.fits(
                api.post(api.message(Api.json(scheduled).path("sid").asText()), "Status", "canceled"),
                "api.v2010.account.message");
    }

    @Test
    void the_list_fits_on_its_first_middle_and_last_page_and_when_it_is_empty() {
        core.fits(api.get(api.messages()), "");
        for (int i = 0; i < 5; i++) {
            create("n" + i);
        }
        String next = api.messages() + "?PageSize=2";
        int pages = 0;
        while (!next.equals("null")) {
            HttpResponse<String> page = api.get(next);
            core.fits(page, "");
            core.sameFields(Api.json(page).at("/messages/0"), "api.v2010.account.message");
            next = Api.json(page).path("next_page_uri").asText();
            pages++;
        }

        assertThat(pages).isEqualTo(3);
    }

    @Test
    void account_balance_and_test_credentials_fit() {
        String account = "/2010-04-01/Accounts/" + sandbox.accountSid();

        core.fits(api.get(account + ".json"), "api.v2010.account");
        core.fits(api.get(account + "/Balance.json"), "api.v2010.account.balance");
        core.fits(
                new Api(sandbox, sandbox.testAccountSid(), sandbox.testAuthToken())
                        .post(
                                "/2010-04-01/Accounts/" + sandbox.testAccountSid() + "/Messages.json",
                                "To",
                                SteppedSandbox.TO,
                                "From",
                                "+15005550006",
                                "Body",
                                "a"),
                "api.v2010.account.message");
    }

    @Test
    void every_answer_about_services_fits() {
        HttpResponse<String> created = api.post("/v1/Services", "FriendlyName", "pool");
        String path = "/v1/Services/" + Api.json(created).path("sid").asText();
        messaging.fits(created, "messaging.v1.service");
        messaging.fits(api.get(path), "messaging.v1.service");
        messaging.fits(api.post(path, "StickySender", "false"), "messaging.v1.service");
        messaging.fits(api.get("/v1/Services"), "");
        pool(path + "/PhoneNumbers", "PhoneNumberSid", sandbox.senders().get(SteppedSandbox.FROM), "phone_number");
        pool(path + "/ShortCodes", "ShortCodeSid", sandbox.senders().get("20255"), "short_code");
        pool(path + "/AlphaSenders", "AlphaSender", "TIDINGS", "alpha_sender");
        messaging.fits(api.delete(path), "");
    }

    @Test
    void every_answer_about_templates_fits() {
        HttpResponse<String> created = json(
                "/v1/Content",
                "{\"friendly_name\": \"order\", \"language\": \"en\", \"variables\": {\"1\": \"friend\"},"
                        + " \"types\": {\"twilio/text\": {\"body\": \"Hi {{1}}\"}}}");
        String path = "/v1/Content/" + Api.json(created).path("sid").asText();
        content.fits(created, "content.v1.content");
        content.fits(api.get(path), "content.v1.content");
        content.fits(api.get("/v1/Content"), "");
        content.fits(
                json(path + "/ApprovalRequests/whatsapp", "{\"name\": \"order_ready\", \"category\": \"UTILITY\"}"),
                "content.v1.content.approval_create");
        content.fits(api.get(path + "/ApprovalRequests"), "content.v1.content.approval_fetch");
        content.fits(api.delete(path), "");
    }

    @Test
    void whatsapp_messages_and_replies_fit() {
        try (Sandbox other =
                SteppedSandbox.builder().sender("whatsapp:+12025550100").start()) {
            Api client = new Api(other);
            Handset handset = other.handset(SteppedSandbox.TO);
            String inbound = handset.whatsApp("+12025550100", "hello").orElseThrow();
            String sid =
                    client.created("To", "whatsapp:" + SteppedSandbox.TO, "From", "whatsapp:+12025550100", "Body", "a");
            other.advance(SteppedSandbox.LIFETIME);
            handset.readAll();

            core.fits(client.get(client.message(inbound)), "api.v2010.account.message");
            core.fits(client.get(client.message(sid)), "api.v2010.account.message");
        }
    }

    private HttpResponse<String> json(String path, String body) {
        return api.send(api.request(path)
                .header("Content-Type", "application/json")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(body)));
    }

    @ParameterizedTest
    @CsvSource({"sid, SM1", "status, lost", "account_sid, AC", "num_segments, 1.5e", "error_code, none"})
    void an_answer_that_is_spoiled_does_not_fit(String field, String value) {
        HttpResponse<String> created = create("hello");
        ObjectNode spoiled = (ObjectNode) Api.json(created);
        if (field.equals("num_segments")) {
            spoiled.put(field, 1);
        } else {
            spoiled.put(field, value);
        }

        assertThat(core.report(created, spoiled.toString()).hasErrors()).isTrue();
        assertThat(core.report(created, created.body()).hasErrors()).isFalse();
    }

    private void pool(String path, String name, String value, String schema) {
        HttpResponse<String> added = api.post(path, name, value);
        messaging.fits(added, "messaging.v1.service." + schema);
        String one = path + "/" + Api.json(added).path("sid").asText();
        messaging.fits(api.get(one), "messaging.v1.service." + schema);
        messaging.fits(api.get(path), "");
        messaging.fits(api.delete(one), "");
    }

    private HttpResponse<String> create(String body, String... more) {
        String[] pairs = new String[6 + more.length];
        System.arraycopy(
                new String[] {"To", SteppedSandbox.TO, "From", SteppedSandbox.FROM, "Body", body}, 0, pairs, 0, 6);
        System.arraycopy(more, 0, pairs, 6, more.length);
        return api.create(pairs);
    }

    /** One of Twilio's files. Their schemas require no field at all, so the names are compared besides. */
    private static final class Contract {
        private final OpenApiInteractionValidator validator;
        private final JsonNode schemas;

        Contract(Path file) {
            try {
                String text = Files.readString(file);
                validator = OpenApiInteractionValidator.createForInlineApiSpecification(text)
                        .build();
                schemas = new ObjectMapper().readTree(text).at("/components/schemas");
            } catch (IOException e) {
                throw new AssertionError("The OpenAPI file cannot be read: " + file.getFileName(), e);
            }
        }

        void fits(HttpResponse<String> answer, String schema) {
            ValidationReport report = report(answer, answer.body());
            assertThat(report.getMessages())
                    .as(answer.request().method() + " " + answer.statusCode() + " " + answer.body())
                    .isEmpty();
            if (!schema.isEmpty()) {
                sameFields(Api.json(answer), schema);
            }
        }

        void sameFields(JsonNode answer, String schema) {
            assertThat(names(answer)).isEqualTo(names(schemas.path(schema).path("properties")));
        }

        ValidationReport report(HttpResponse<String> answer, String body) {
            URI uri = answer.request().uri();
            SimpleResponse.Builder response = SimpleResponse.Builder.status(answer.statusCode());
            if (!body.isEmpty()) {
                response.withContentType("application/json").withBody(body);
            }
            return validator.validateResponse(
                    uri.getRawPath(), Request.Method.valueOf(answer.request().method()), response.build());
        }

        private static Set<String> names(JsonNode object) {
            Set<String> names = new TreeSet<>();
            object.fieldNames().forEachRemaining(names::add);
            return names;
        }
    }
}
