package io.tidings.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the sandbox does with the answers of inbound webhooks. */
class TwimlReplyTest {
    private static final String OTHER = "+12025550101";

    private final Sandbox sandbox = SteppedSandbox.builder().sender(OTHER, 100).start();
    private final Receiver receiver = new Receiver();
    private final Handset handset = sandbox.handset(SteppedSandbox.TO);

    @BeforeEach
    void receive() {
        sandbox.inboundWebhook(SteppedSandbox.FROM, receiver.url("/in"));
    }

    @AfterEach
    void close() {
        sandbox.close();
        receiver.close();
    }

    @Test
    void a_message_is_sent_back_to_who_wrote() {
        String sid = ask("<Response><Message><Body>a &lt; b &amp; c</Body></Message></Response>");

        assertThat(sandbox.log().replies()).singleElement().satisfies(each -> {
            assertThat(each.inbound()).isEqualTo(sid);
            assertThat(each.automatic()).isFalse();
            assertThat(each.create().from()).isEqualTo(SteppedSandbox.FROM);
            assertThat(each.create().to()).isEqualTo(SteppedSandbox.TO);
            assertThat(each.create().body()).isEqualTo("a < b & c");
            assertThat(sandbox.message(each.sid()).orElseThrow().direction()).isEqualTo("outbound-reply");
        });
        assertThat(handset.inbox()).hasSize(1);
        assertThat(sandbox.log().alerts()).isEmpty();
    }

    @Test
    void every_attribute_and_noun_counts() {
        ask("<?xml version='1.0'?>\n<Response><Message from='" + OTHER + "' to='+12025550124' statusCallback='"
                + receiver.url("/cb")
                + "'><Body>one</Body><Media>https://example.com/a.png</Media></Message><Message>two</Message>"
                + "</Response>");

        assertThat(sandbox.log().replies().stream()
                        .map(each -> each.create().from() + " " + each.create().to() + " "
                                + each.create().body()))
                .containsExactly(OTHER + " +12025550124 one", SteppedSandbox.FROM + " " + SteppedSandbox.TO + " two");
        assertThat(sandbox.log().replies().get(0).sid()).startsWith("MM");
        assertThat(receiver.told("MessageStatus")).contains("sent", "delivered");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<Response/>", "<Response></Response>", "  "})
    void an_empty_answer_says_nothing(String answer) {
        ask(answer);

        assertThat(sandbox.log().replies()).isEmpty();
        assertThat(sandbox.log().alerts()).isEmpty();
    }

    @Test
    void plain_text_is_sent_as_it_is() {
        receiver.answer("text/plain; charset=utf-8", "hällo");
        handset.text(SteppedSandbox.FROM, "hello");
        sandbox.advance(SteppedSandbox.LIFETIME);

        assertThat(handset.inbox())
                .singleElement()
                .satisfies(each -> assertThat(each.body()).isEqualTo("hällo"));
    }

    private static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of("<Response><Message>", "text/xml", 12100),
                Arguments.of("no xml at all", "text/xml", 12100),
                Arguments.of("<!DOCTYPE Response><Response/>", "text/xml", 12100),
                Arguments.of(
                        "<!DOCTYPE r [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><Response><Message>&e;</Message>"
                                + "</Response>",
                        "application/xml",
                        12100),
                Arguments.of("<Answer/>", "text/xml", 12102),
                Arguments.of("<Response><Redirect method='GET'>/x</Redirect></Response>", "text/xml", 12200),
                Arguments.of("<Response><Redirect>ftp://x/y</Redirect></Response>", "text/xml", 11100),
                Arguments.of("<Response><Redirect>no url</Redirect></Response>", "text/xml", 11100),
                Arguments.of("<Response><Redirect>/in</Redirect></Response>", "text/xml", 11215),
                Arguments.of("<Response><Dial>+12025550101</Dial></Response>", "text/xml", 12200),
                Arguments.of("<Response><Message><Video/></Message></Response>", "text/xml", 12200),
                Arguments.of("{}", "application/json", 12300),
                Arguments.of("<Response><!--" + "x".repeat(66_000) + "--></Response>", "text/xml", 11750),
                Arguments.of("<Response>" + "<Message>x</Message>".repeat(11) + "</Response>", "text/xml", 14109),
                Arguments.of("<Response><Message></Message></Response>", "text/xml", 21602),
                Arguments.of("<Response><Message>" + "x".repeat(1601) + "</Message></Response>", "text/xml", 21617),
                Arguments.of("<Response><Message from='+12025550177'>x</Message></Response>", "text/xml", 21606),
                Arguments.of("<Response><Message to='me'>x</Message></Response>", "text/xml", 21211),
                Arguments.of("<Response><Message statusCallback='ftp://x'>x</Message></Response>", "text/xml", 21609));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void a_mistake_in_the_answer_sends_nothing_and_is_in_the_log(String answer, String type, int code) {
        receiver.answer(type, answer);
        String sid = handset.text(SteppedSandbox.FROM, "hello").orElseThrow();
        sandbox.advance(SteppedSandbox.LIFETIME);

        assertThat(sandbox.log().replies()).isEmpty();
        assertThat(sandbox.log().alerts()).singleElement().satisfies(each -> {
            assertThat(each.code()).isEqualTo(code);
            assertThat(each.sid()).isEqualTo(sid);
        });
    }

    @Test
    void a_redirect_ends_the_document_and_fetches_the_next_one_with_the_same_parameters() {
        receiver.answerAt("/next", "text/xml", "<Response><Message>two</Message></Response>");
        ask(
                "<Response><Message>one</Message><Redirect method='POST'>next</Redirect><Message>never</Message></Response>");

        assertThat(sandbox.log().replies().stream().map(each -> each.create().body()))
                .containsExactly("one", "two");
        assertThat(receiver.arrivals.stream().map(Receiver.Arrival::target)).containsExactly("/in", "/next");
        assertThat(receiver.told("Body")).containsExactly("hello", "hello");
        assertThat(sandbox.log().alerts()).isEmpty();
    }

    @Test
    void a_machine_that_says_the_same_again_and_again_does_not_reach_the_webhook_any_more() {
        String last = "";
        for (int i = 0; i < 17; i++) {
            last = handset.text(SteppedSandbox.FROM, "I am out of office").orElseThrow();
            sandbox.advance(Duration.ofMillis(500));
        }
        handset.text(SteppedSandbox.FROM, "now I am back");
        sandbox.advance(SteppedSandbox.LIFETIME);

        assertThat(receiver.told("Body")).hasSize(16).endsWith("now I am back");
        assertThat(sandbox.log().alerts()).hasSize(2).allMatch(each -> each.code() == 30039);
        assertThat(sandbox.message(last)).isPresent();
    }

    @Test
    void who_has_opted_out_gets_twilios_answer_but_not_the_hosts() {
        receiver.answer("text/xml", "<Response><Message>stay!</Message></Response>");
        handset.text(SteppedSandbox.FROM, "STOP");
        sandbox.advance(SteppedSandbox.LIFETIME);

        assertThat(sandbox.log().replies())
                .singleElement()
                .satisfies(each -> assertThat(each.automatic()).isTrue());
        assertThat(sandbox.log().alerts())
                .singleElement()
                .satisfies(each -> assertThat(each.code()).isEqualTo(21610));
    }

    @Test
    void a_loop_of_two_machines_is_cut_after_thirty_replies_in_thirty_seconds() {
        receiver.answer("text/xml", "<Response><Message>you said</Message></Response>");
        for (int i = 0; i < 35; i++) {
            handset.text(SteppedSandbox.FROM, "hello " + i);
            sandbox.advance(Duration.ofMillis(500));
        }

        assertThat(sandbox.log().replies()).hasSize(30);
        assertThat(sandbox.log().alerts()).hasSize(5).allMatch(each -> each.code() == 14107);
        sandbox.advance(SteppedSandbox.LIFETIME);
        handset.text(SteppedSandbox.FROM, "later");
        sandbox.advance(SteppedSandbox.LIFETIME);
        assertThat(sandbox.log().replies()).hasSize(31);
    }

    private String ask(String answer) {
        receiver.answer("text/xml", answer);
        String sid = handset.text(SteppedSandbox.FROM, "hello").orElseThrow();
        sandbox.advance(SteppedSandbox.LIFETIME);
        return sid;
    }
}
