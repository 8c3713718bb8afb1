package io.tidings.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CreateRulesTest {
    private final Sandbox sandbox = SteppedSandbox.builder()
            .sender("TIDINGS")
            .sender("20255")
            .closedRegion("+7")
            .start();
    private final Api api = new Api(sandbox);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @ParameterizedTest(name = "{0}={1} is {2}")
    @CsvSource({
        "To, -, 21604",
        "To, 12025550123, 21211",
        "To, +1202555012, 21211",
        "To, +1 202 555 0123, 21211",
        "To, whatsapp:+12025550123, 63007",
        "To, +79161234567, 21408",
        "From, -, 21603",
        "From, +12025550177, 21606",
        "From, nobody, 21606",
        "From, +1, 21212",
        "From, ?, 21212",
        "From, whatsapp:+12025550100, 63007",
        "From, TIDINGS, 21612",
        "Body, -, 21602",
        "ContentSid, HX00000000000000000000000000000000, 21655",
        "MediaUrl, ftp://example.com/a.png, 21620",
        "StatusCallback, nonsense, 21609",
        "StatusCallback, https://my_host.example.com/x, 21609",
        "StatusCallback, ftp://example.com/x, 21609",
        "StatusCallback, http://exa mple.com/x, 21609",
        "ValidityPeriod, 0, 21624",
        "ValidityPeriod, 36001, 21624",
        "ValidityPeriod, soon, 21624",
        "MessagingServiceSid, MG1, 21705",
        "ScheduleType, fixed, 35111",
        "ScheduleType, loose, 35126",
        "SendAt, 2026-03-01T13:00:00Z, 35118"
    })
    void a_wrong_parameter_is_refused_with_its_code(String name, String value, int code) {
        MessagesApiTest.assertError(create(name, value), 400, code);
        assertThat(sandbox.messages()).isEmpty();
        assertThat(sandbox.log().creates()).hasSize(1).noneMatch(LogEntry.Request::accepted);
        assertThat(sandbox.log().creates().get(0).verdict().code()).isEqualTo(code);
    }

    @Test
    void the_text_may_have_1600_characters_and_media_be_ten() {
        assertThat(create("Body", "x".repeat(1600)).statusCode()).isEqualTo(201);
        MessagesApiTest.assertError(create("Body", "x".repeat(1601)), 400, 21617);
        List<String> pairs = new ArrayList<>(List.of("To", SteppedSandbox.TO, "From", SteppedSandbox.FROM));
        for (int i = 0; i < 11; i++) {
            pairs.addAll(List.of("MediaUrl", "https://example.com/" + i));
        }
        MessagesApiTest.assertError(api.create(pairs.toArray(String[]::new)), 400, 21623);
        MessagesApiTest.assertError(create("StatusCallback", "https://example.com/" + "x".repeat(4000)), 400, 21609);
    }

    @Test
    void a_number_can_be_set_to_refuse_at_creation() {
        sandbox.handset(SteppedSandbox.TO, new HandsetOutcome.Rejected(21614), new HandsetOutcome.Delivered());

        MessagesApiTest.assertError(create("Body", "a"), 400, 21614);
    }

    @Test
    void a_service_must_exist_and_have_a_sender_that_fits() {
        String empty = sandbox.createService("empty");
        String names = sandbox.createService("names", "TIDINGS");

        MessagesApiTest.assertError(create("MessagingServiceSid", "MG00000000000000000000000000000000"), 404, 21701);
        MessagesApiTest.assertError(throughService(empty, "+447400123456"), 400, 21704);
        MessagesApiTest.assertError(throughService(names, SteppedSandbox.TO), 400, 21703);
        MessagesApiTest.assertError(create("MessagingServiceSid", names), 400, 21711);
        assertThat(throughService(names, "+447400123456").statusCode()).isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-01T12:05:00Z, 35115",
        "2026-02-01T12:00:00Z, 35115",
        "2026-04-05T12:00:01Z, 35117",
        "tomorrow, 35114"
    })
    void a_date_to_send_lies_between_five_minutes_and_35_days_ahead(String sendAt, int code) {
        MessagesApiTest.assertError(schedule(sendAt), 400, code);
    }

    @ParameterizedTest
    @CsvSource({"2026-03-01T12:05:01Z", "2026-04-05T12:00:00Z"})
    void the_edges_of_the_scheduling_window_are_inside(String sendAt) {
        assertThat(Api.json(schedule(sendAt)).path("status").asText()).isEqualTo("scheduled");
    }

    @Test
    void smart_encoding_shortens_the_text_when_asked_for() {
        String text = "“" + "a".repeat(100) + "”";

        assertThat(Api.json(create("Body", text)).path("num_segments").asText()).isEqualTo("2");
        assertThat(Api.json(api.create(
                                "To",
                                SteppedSandbox.TO,
                                "From",
                                SteppedSandbox.FROM,
                                "SmartEncoded",
                                "true",
                                "Body",
                                text))
                        .path("num_segments")
                        .asText())
                .isEqualTo("1");
    }

    private HttpResponse<String> schedule(String sendAt) {
        String service = sandbox.createService("timed", SteppedSandbox.FROM);
        return api.create(
                "To",
                SteppedSandbox.TO,
                "MessagingServiceSid",
                service,
                "Body",
                "later",
                "ScheduleType",
                "fixed",
                "SendAt",
                sendAt);
    }

    private HttpResponse<String> throughService(String service, String to) {
        return api.create("To", to, "MessagingServiceSid", service, "Body", "a");
    }

    private HttpResponse<String> create(String name, String value) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("To", SteppedSandbox.TO);
        form.put("From", SteppedSandbox.FROM);
        form.put("Body", "hello");
        form.put(name, value.equals("-") ? "" : value);
        return api.create(form.entrySet().stream()
                .flatMap(each -> List.of(each.getKey(), each.getValue()).stream())
                .toArray(String[]::new));
    }
}
