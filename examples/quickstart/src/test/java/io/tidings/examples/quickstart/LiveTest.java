package io.tidings.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.sandbox.Delays;
import io.tidings.sandbox.Fault;
import io.tidings.sandbox.HandsetOutcome;
import io.tidings.sandbox.HandsetProfile;
import io.tidings.sandbox.Sandbox;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One real text, with a sandbox in the place of Twilio. */
class LiveTest {
    private static final String DELIVERED =
            "accepted=1 delivered=1 failed=0 refused=0 given_up=0 policy_duplicates=0 duplicates=0 lost=0 audit=intact";

    private final Console console = Console.withoutAnybody();
    private final Map<String, String> environment = new HashMap<>();
    private Sandbox sandbox;

    @BeforeEach
    void start() {
        sandbox = Sandbox.builder()
                .sender("20255")
                .sender("+12025550100")
                .handsets(HandsetProfile.allDelivered())
                .delays(Delays.none())
                .start();
        environment.put("TIDINGS_TWILIO_BASE_URL", sandbox.url());
        environment.put("TWILIO_ACCOUNT_SID", sandbox.accountSid());
        environment.put("TWILIO_AUTH_TOKEN", sandbox.authToken());
        environment.put("TWILIO_FROM", "20255");
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void exactly_one_text_is_sent_and_proved_by_asking() throws InterruptedException {
        assertThat(live("--yes")).isZero();

        assertThat(sandbox.log().creates()).hasSize(1);
        assertThat(sandbox.log().callbacks()).isEmpty();
        assertThat(sandbox.log().reads()).isPositive();
        String sid = sandbox.log().accepted().get(0).verdict().sid();
        assertThat(console.out()).contains("1 segment(s)", "Report of one text", sid, "DELIVERED, asked");
        assertThat(console.lastLine()).isEqualTo(DELIVERED);
    }

    @Test
    void the_report_holds_neither_number_nor_account() throws InterruptedException {
        live("--yes", "--from", "+12025550100");

        assertThat(console.out())
                .contains("from         +1********00")
                .doesNotContain("2025550143", "2025550100", sandbox.accountSid(), sandbox.authToken())
                .contains("+1********43");
    }

    @Test
    void an_api_key_signs_in_as_well() throws InterruptedException {
        environment.remove("TWILIO_AUTH_TOKEN");
        environment.put("TWILIO_API_KEY", sandbox.apiKeySid());
        environment.put("TWILIO_API_KEY_SECRET", sandbox.apiKeySecret());

        assertThat(live("--yes")).isZero();
        assertThat(console.lastLine()).isEqualTo(DELIVERED);
    }

    @Test
    void with_a_public_url_twilio_calls_back() throws Exception {
        int port = freePort();

        assertThat(live("--yes", "--public-url", "http://127.0.0.1:" + port + "/texts", "--port", "" + port))
                .isZero();

        assertThat(sandbox.log().callbacks()).isNotEmpty();
        assertThat(console.out()).contains("DELIVERED, called back");
    }

    @ParameterizedTest
    @ValueSource(ints = {30001, 30003, 30005, 30022})
    void a_failure_is_reported_and_not_repeated(int code) throws InterruptedException {
        HandsetOutcome failing = code == 30003 ? new HandsetOutcome.Undelivered(code) : new HandsetOutcome.Failed(code);
        sandbox.handset("+12025550143", failing, new HandsetOutcome.Delivered());

        assertThat(live("--yes")).isEqualTo(1);

        assertThat(sandbox.log().creates()).hasSize(1);
        assertThat(console.out()).contains("error " + code);
        assertThat(console.lastLine())
                .isEqualTo(
                        "accepted=1 delivered=0 failed=1 refused=0 given_up=0 policy_duplicates=0 duplicates=0 lost=0 audit=intact");
    }

    @Test
    void a_text_without_a_receipt_is_given_up_when_the_time_is_over() throws InterruptedException {
        sandbox.handset("+12025550143", new HandsetOutcome.NoReceipt());

        assertThat(live("--yes", "--timeout", "4")).isEqualTo(1);

        assertThat(console.lastLine())
                .isEqualTo(
                        "accepted=1 delivered=0 failed=0 refused=0 given_up=1 policy_duplicates=0 duplicates=0 lost=0 audit=intact");
    }

    @Test
    void an_unclear_answer_is_not_sent_again() throws InterruptedException {
        sandbox.faults().next(1, new Fault.AcceptThenAnswer(500, 20500));

        assertThat(live("--yes", "--timeout", "4")).isEqualTo(1);

        assertThat(sandbox.log().creates()).as(console.out()).hasSize(1);
        assertThat(console.lastLine()).startsWith("accepted=1 delivered=0 failed=0 refused=0 given_up=1 ");
    }

    @Test
    void while_twilio_cannot_be_reached_nothing_is_sent() throws InterruptedException {
        sandbox.stopListening();

        assertThat(live("--yes")).isEqualTo(1);
        assertThat(console.err()).contains("Nothing was sent");
    }

    @Test
    void yes_on_the_terminal_sends() throws InterruptedException {
        Console person = Console.answering("yes");

        assertThat(person.run(environment, "--live", "--to", "+12025550143")).isZero();
        assertThat(person.lastLine()).isEqualTo(DELIVERED);
    }

    @Test
    void anything_else_on_the_terminal_sends_nothing() throws InterruptedException {
        Console person = Console.answering("y");

        assertThat(person.run(environment, "--live", "--to", "+12025550143")).isEqualTo(1);
        assertThat(sandbox.log().creates()).isEmpty();
    }

    @Test
    void without_a_terminal_and_without_yes_nothing_is_sent() throws InterruptedException {
        assertThat(live()).isEqualTo(2);
        assertThat(console.err()).contains("--yes");
        assertThat(sandbox.log().creates()).isEmpty();
    }

    @Test
    void test_credentials_are_recognised_with_their_limits() throws InterruptedException {
        environment.put("TWILIO_ACCOUNT_SID", sandbox.testAccountSid());
        environment.put("TWILIO_AUTH_TOKEN", sandbox.testAuthToken());
        environment.put("TWILIO_FROM", "+15005550006");

        assertThat(live("--yes")).isZero();

        assertThat(console.out()).contains("test credentials", "nothing is delivered");
        assertThat(console.lastLine()).startsWith("accepted=1 delivered=0 failed=0 refused=0 given_up=1 ");
    }

    @Test
    void wrong_credentials_end_before_anything_is_sent() throws InterruptedException {
        environment.put("TWILIO_AUTH_TOKEN", "0123456789abcdef0123456789abcdef");

        assertThat(live("--yes")).isEqualTo(1);
        assertThat(console.out()).contains("refuses the credentials");
        assertThat(sandbox.log().creates()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_FROM"})
    void a_missing_variable_is_named(String name) throws InterruptedException {
        environment.remove(name);

        assertThat(live("--yes")).isEqualTo(2);
        assertThat(console.err()).contains(name);
        assertThat(sandbox.log().creates()).isEmpty();
    }

    @Test
    void callbacks_need_the_token_even_with_an_api_key() throws InterruptedException {
        environment.remove("TWILIO_AUTH_TOKEN");
        environment.put("TWILIO_API_KEY", sandbox.apiKeySid());
        environment.put("TWILIO_API_KEY_SECRET", sandbox.apiKeySecret());

        assertThat(live("--yes", "--public-url", "https://example.com")).isEqualTo(2);
        assertThat(console.err()).contains("TWILIO_AUTH_TOKEN");
    }

    @Test
    void a_list_is_refused() throws InterruptedException {
        assertThat(live("--yes", "--csv", "recipients.csv")).isEqualTo(2);
        assertThat(console.err()).contains("--live sends one text to one number and takes no list");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025550143", "+1", "+12025550143,+12025550144", "somebody"})
    void what_is_not_one_international_number_is_refused(String to) throws InterruptedException {
        assertThat(console.run(environment, "--live", "--yes", "--to", to)).isEqualTo(2);
        assertThat(sandbox.log().creates()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://twilio.example.com", "http://127.0.0.1.example.com", "not an address"})
    void another_address_than_twilios_must_be_this_machine(String address) throws InterruptedException {
        environment.put("TIDINGS_TWILIO_BASE_URL", address);

        assertThat(live("--yes")).isEqualTo(2);
        assertThat(console.err()).contains("TIDINGS_TWILIO_BASE_URL");
    }

    private int live(String... more) throws InterruptedException {
        String[] arguments = new String[more.length + 3];
        arguments[0] = "--live";
        arguments[1] = "--to";
        arguments[2] = "+12025550143";
        System.arraycopy(more, 0, arguments, 3, more.length);
        return console.run(environment, arguments);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
