package io.tidings.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MagicNumbersTest {
    private static final String PASSES = "+15005550006";

    private final Sandbox sandbox = SteppedSandbox.builder().start();
    private final Api api = new Api(sandbox, sandbox.testAccountSid(), sandbox.testAuthToken());
    private final String messages = "/2010-04-01/Accounts/" + sandbox.testAccountSid() + "/Messages.json";

    @AfterEach
    void close() {
        sandbox.close();
    }

    @ParameterizedTest
    @CsvSource({
        "+15005550001, +12025550123, 21212",
        "+15005550007, +12025550123, 21606",
        "+12025550100, +12025550123, 21606",
        "+15005550008, +12025550123, 21611",
        "+15005550006, +15005550001, 21211",
        "+15005550006, +15005550002, 21612",
        "+15005550006, +15005550003, 21408",
        "+15005550006, +15005550004, 21610",
        "+15005550006, +15005550009, 21614",
        "+15005550006, 123, 21211"
    })
    void each_magic_number_answers_its_code(String from, String to, int code) {
        MessagesApiTest.assertError(create(from, to), 400, code);
    }

    @Test
    void the_passing_number_answers_a_message_that_is_not_stored_and_never_called_back() {
        try (Receiver receiver = new Receiver()) {
            HttpResponse<String> answer = api.post(
                    messages,
                    "From",
                    PASSES,
                    "To",
                    SteppedSandbox.TO,
                    "Body",
                    "a",
                    "StatusCallback",
                    receiver.url("/"));
            sandbox.advance(SteppedSandbox.LIFETIME);

            assertThat(answer.statusCode()).isEqualTo(201);
            assertThat(Api.json(answer).path("account_sid").asText()).isEqualTo(sandbox.testAccountSid());
            assertThat(sandbox.messages()).isEmpty();
            assertThat(sandbox.log().accepted()).isEmpty();
            assertThat(sandbox.log().requests())
                    .singleElement()
                    .satisfies(each -> assertThat(each.verdict().outcome()).isEqualTo(LogEntry.Outcome.ANSWERED));
            assertThat(receiver.arrivals).isEmpty();
        }
    }

    @Test
    void what_is_missing_is_named_with_test_credentials_too() {
        MessagesApiTest.assertError(api.post(messages, "From", PASSES, "Body", "a"), 400, 21604);
        MessagesApiTest.assertError(api.post(messages, "To", SteppedSandbox.TO, "Body", "a"), 400, 21603);
        MessagesApiTest.assertError(api.post(messages, "To", SteppedSandbox.TO, "From", PASSES), 400, 21602);
    }

    @Test
    void everything_else_is_forbidden() {
        MessagesApiTest.assertError(api.get(messages), 403, 20008);
        MessagesApiTest.assertError(api.get("/2010-04-01/Accounts/" + sandbox.testAccountSid() + ".json"), 403, 20008);
        MessagesApiTest.assertError(api.get("/v1/Services"), 403, 20008);
        MessagesApiTest.assertError(api.get("/2010-04-01/Accounts/" + sandbox.accountSid() + ".json"), 401, 20003);
    }

    private HttpResponse<String> create(String from, String to) {
        return api.post(messages, "From", from, "To", to, "Body", "a");
    }
}
