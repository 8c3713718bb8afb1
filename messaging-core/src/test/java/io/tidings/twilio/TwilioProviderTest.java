package io.tidings.twilio;

import static io.tidings.twilio.RawServer.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tidings.account.Credentials;
import io.tidings.message.AttemptId;
import io.tidings.message.AttemptStatus;
import io.tidings.message.Content;
import io.tidings.message.MessageBody;
import io.tidings.message.MessageId;
import io.tidings.message.NotConfiguredException;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Secret;
import io.tidings.message.Sender;
import io.tidings.provider.Answer;
import io.tidings.provider.ListQuery;
import io.tidings.provider.Outcome;
import io.tidings.provider.ProviderMessage;
import io.tidings.provider.Submission;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TwilioProviderTest {
    private static final Sender SENDER = new Sender.Number(new PhoneNumber(Samples.FROM));
    private static final Instant MAY_2019 = Instant.parse("2019-05-24T17:44:50Z");

    private final AtomicReference<Credentials> credentials = new AtomicReference<>(Samples.credentials());
    private RawServer server;
    private TwilioProvider provider;

    @BeforeEach
    void start() throws IOException {
        server = new RawServer().answering(exchange -> exchange.write(response(201, Samples.created())));
        provider = Twilio.provider(credentials::get).baseUrl(server.uri()).build();
    }

    @AfterEach
    void stop() throws IOException {
        provider.close();
        server.close();
    }

    @Test
    void posts_a_text_as_twilio_wants_it() {
        Outcome outcome = provider.send(Samples.submission(new Content.Text("50% & more = + ü 👍"), SENDER));

        assertThat(outcome).isEqualTo(new Outcome.Accepted(Samples.SID, AttemptStatus.QUEUED));
        RawServer.Seen post = server.posts().get(0);
        assertThat(post.path()).isEqualTo("/2010-04-01/Accounts/" + Samples.ACCOUNT + "/Messages.json");
        assertThat(post.body().split("&", -1))
                .containsExactlyInAnyOrder(
                        "To=%2B12025550123", "From=%2B12025550199", "Body=50%25+%26+more+%3D+%2B+%C3%BC+%F0%9F%91%8D");
        assertThat(post.head())
                .contains("Content-Type: application/x-www-form-urlencoded\r\n")
                .contains("Authorization: " + basic(Samples.ACCOUNT, Samples.TOKEN) + "\r\n")
                .contains("User-Agent: twilio-java/13");
    }

    @Test
    void an_interrupt_while_it_connects_is_an_outcome_not_an_exception() {
        Thread.currentThread().interrupt();
        Outcome outcome = provider.send(Samples.submission());

        assertThat(Thread.interrupted()).isTrue();
        assertThat(outcome).isInstanceOf(Outcome.Unsent.class);
        assertThat(server.posts()).isEmpty();
    }

    @Test
    void posts_media_service_callback_and_validity() {
        Content media = new Content.Media(
                new MessageBody(""),
                List.of(URI.create("https://a.example/1.png"), URI.create("https://a.example/2.png")));
        Submission submission = new Submission(
                new AttemptId(new MessageId(new UUID(1, 2)), 3),
                new Sender.MessagingService("MG0123456789abcdef0123456789abcdef"),
                new PhoneNumber(Samples.TO),
                media,
                URI.create("https://host.example/cb/1.2.3#rc=5&rp=all"),
                Duration.ofMinutes(2));

        provider.send(submission);

        assertThat(server.posts().get(0).body().split("&", -1))
                .containsExactlyInAnyOrder(
                        "To=%2B12025550123",
                        "MessagingServiceSid=MG0123456789abcdef0123456789abcdef",
                        "MediaUrl=https%3A%2F%2Fa.example%2F1.png",
                        "MediaUrl=https%3A%2F%2Fa.example%2F2.png",
                        "StatusCallback=https%3A%2F%2Fhost.example%2Fcb%2F1.2.3%23rc%3D5%26rp%3Dall",
                        "ValidityPeriod=120");
    }

    @Test
    void the_text_null_is_a_text_like_any_other() {
        provider.send(Samples.submission(new Content.Text("null"), SENDER));

        assertThat(server.posts().get(0).body()).contains("Body=null");
    }

    @Test
    void a_template_must_be_rendered_first() {
        Content template = new Content.Templated("welcome", null, Locale.ENGLISH, Map.of());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> provider.send(Samples.submission(template, SENDER)))
                .withMessageContaining("render it");
        assertThat(server.seen()).isEmpty();
    }

    @Test
    void a_credential_swapped_between_two_calls_is_used_by_the_second() {
        provider.send(Samples.submission());
        credentials.set(Credentials.apiKey(
                Samples.ACCOUNT.replace('f', 'e'), "SK0123456789abcdef0123456789abcdef", new Secret("fresh")));

        provider.send(Samples.submission());

        assertThat(server.posts().get(0).head()).contains(basic(Samples.ACCOUNT, Samples.TOKEN));
        assertThat(server.posts().get(1).head()).contains(basic("SK0123456789abcdef0123456789abcdef", "fresh"));
        assertThat(server.posts().get(1).path()).contains(Samples.ACCOUNT.replace('f', 'e'));
    }

    @Test
    void a_credential_that_vanished_counts_as_refused_and_sends_nothing() {
        AtomicReference<RuntimeException> trouble = new AtomicReference<>();
        TwilioProvider troubled = Twilio.provider(() -> {
                    if (trouble.get() != null) {
                        throw trouble.get();
                    }
                    return Samples.credentials();
                })
                .baseUrl(server.uri())
                .build();
        try (troubled) {
            trouble.set(new NotConfiguredException("TWILIO_AUTH_TOKEN is missing"));
            assertThat(troubled.send(Samples.submission())).isEqualTo(new Outcome.Rejected(20003));
            assertThat(troubled.fetch(Samples.SID)).isEqualTo(new Answer.Failed<>(20003, "credentials missing"));
            trouble.set(new IllegalStateException("the vault is sealed"));
            assertThat(troubled.send(Samples.submission())).isInstanceOf(Outcome.Unsent.class);
            assertThat(troubled.fetch(Samples.SID)).isInstanceOf(Answer.Failed.class);
            assertThat(server.seen()).isEmpty();
        }
    }

    @Test
    void reads_a_message() {
        server.answeringReads(exchange -> exchange.write(response(
                200,
                Samples.created()
                        .replace("\"queued\"", "\"undelivered\"")
                        .replace("\"error_code\":null", "\"error_code\":30003")
                        .replace("\"price\":null", "\"price\":\"-0.00750\""))));

        ProviderMessage message = found(provider.fetch(Samples.SID));

        assertThat(message)
                .isEqualTo(new ProviderMessage(
                        Samples.SID,
                        AttemptStatus.UNDELIVERED,
                        30003,
                        1,
                        new BigDecimal("0.00750"),
                        Currency.getInstance("USD"),
                        new PhoneNumber(Samples.TO),
                        new MessageBody(Samples.TEXT),
                        MAY_2019));
        assertThat(server.seen().get(0).path())
                .isEqualTo("/2010-04-01/Accounts/" + Samples.ACCOUNT + "/Messages/" + Samples.SID + ".json");
    }

    @Test
    void reads_what_is_odd_but_harmless() {
        String odd =
                "{\"sid\":\"" + Samples.SID + "\",\"status\":\"teleported\",\"to\":\"whatsapp:+1\",\"price\":\"free\","
                        + "\"price_unit\":\"pounds\",\"num_segments\":null,\"error_code\":\"30007\",\"body\":\""
                        + "x".repeat(1599)
                        + "\\ud83d\\ude00tail\",\"date_created\":\"2019-05-24T17:44:50Z\"}";
        server.answeringReads(exchange -> exchange.write(response(200, odd)));

        ProviderMessage message = found(provider.fetch(Samples.SID));

        assertThat(message)
                .isEqualTo(new ProviderMessage(
                        Samples.SID,
                        AttemptStatus.ACCEPTED,
                        30007,
                        0,
                        null,
                        null,
                        null,
                        new MessageBody("x".repeat(1599)),
                        MAY_2019));
    }

    @Test
    void a_text_that_no_store_can_hold_is_cleaned() {
        String odd = Samples.created().replace(Samples.TEXT, "a\\u0000b\\ud83d");
        server.answeringReads(exchange -> exchange.write(response(200, odd)));

        assertThat(found(provider.fetch(Samples.SID)).body()).isEqualTo(new MessageBody("a\uFFFDb\uFFFD"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "{}", "[]", "{\"sid\":\"SM1\"}", "null"})
    void a_read_that_cannot_be_understood_failed(String body) {
        server.answeringReads(exchange -> exchange.write(response(200, body)));

        assertThat(provider.fetch(Samples.SID)).isEqualTo(new Answer.Failed<>(0, "answer not understood"));
        assertThat(provider.list(query(10))).isEqualTo(new Answer.Failed<>(0, "answer not understood"));
    }

    @Test
    void an_unknown_message_is_missing_and_a_refused_read_keeps_its_code() {
        assertThat(provider.fetch(Samples.SID)).isInstanceOf(Answer.Missing.class);
        server.answeringReads(exchange -> exchange.write(response(401, Samples.error(20003))));
        assertThat(provider.fetch(Samples.SID)).isEqualTo(new Answer.Failed<>(20003, "HTTP 401"));
        server.answeringReads(exchange -> exchange.write(response(503, "")));
        assertThat(provider.fetch(Samples.SID)).isEqualTo(new Answer.Failed<>(20503, "HTTP 503"));
        server.answeringReads(RawServer.Exchange::close);
        assertThat(provider.fetch(Samples.SID)).isEqualTo(new Answer.Failed<>(0, "answer lost"));
    }

    @Test
    void lists_what_was_sent_to_one_recipient_since_then_with_one_request() {
        String older = Samples.created("SM" + "1".repeat(32)).replace("24 May 2019", "23 May 2019");
        older = older.replace("Fri,", "Thu,");
        String received = Samples.created("SM" + "2".repeat(32)).replace("outbound-api", "inbound");
        String page = "{\"messages\":[" + String.join(",", Samples.created(), received, older)
                + "],\"next_page_uri\":\"/more\"}";
        server.answeringReads(exchange -> exchange.write(response(200, page)));

        List<ProviderMessage> messages = found(provider.list(query(50)));

        assertThat(messages).extracting(ProviderMessage::sid).containsExactly(Samples.SID);
        assertThat(server.seen()).hasSize(1);
        assertThat(server.seen().get(0).path())
                .contains("Messages.json?")
                .contains("To=%2B12025550123")
                .contains("PageSize=50");
    }

    @Test
    void a_page_of_a_thousand_long_messages_is_read() {
        String one = Samples.created().replace(Samples.TEXT, "x".repeat(1600));
        String page = "{\"messages\":[" + String.join(",", Collections.nCopies(1000, one)) + "]}";
        server.answeringReads(exchange -> exchange.write(response(200, page)));

        assertThat(found(provider.list(query(1000)))).hasSize(1000);
    }

    @Test
    void cancels_and_redacts_by_one_post_each() {
        server.answering(
                exchange -> exchange.write(response(200, Samples.created().replace("\"queued\"", "\"canceled\""))));

        assertThat(found(provider.cancel(Samples.SID)).status()).isEqualTo(AttemptStatus.CANCELED);
        provider.redact(Samples.SID);

        assertThat(server.posts()).extracting(RawServer.Seen::body).containsExactly("Status=canceled", "Body=");
        server.answering(exchange -> exchange.write(response(409, Samples.error(30409))));
        assertThat(provider.cancel(Samples.SID)).isEqualTo(new Answer.Failed<>(30409, "HTTP 409"));
    }

    @Test
    void deletes_a_record() {
        server.answeringReads(exchange -> exchange.write("HTTP/1.1 204 No Content\r\n\r\n"));
        assertThat(provider.delete(Samples.SID)).isEqualTo(new Answer.Found<>(Samples.SID));
        assertThat(server.seen().get(0).method()).isEqualTo("DELETE");
        server.answeringReads(exchange -> exchange.write(response(409, Samples.error(20009))));
        assertThat(provider.delete(Samples.SID)).isEqualTo(new Answer.Failed<>(20009, "HTTP 409"));
        server.answeringReads(exchange -> exchange.write(response(404, "")));
        assertThat(provider.delete(Samples.SID)).isInstanceOf(Answer.Missing.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "SM1", "../Accounts", "AC0123456789abcdef0123456789abcdef"})
    void an_id_that_is_no_message_sid_never_becomes_part_of_a_path(String sid) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> provider.fetch(sid))
                .withMessageContaining("SM or MM");
        assertThatIllegalArgumentException().isThrownBy(() -> provider.delete(sid));
        assertThat(server.seen()).isEmpty();
    }

    private static ListQuery query(int limit) {
        return new ListQuery(new PhoneNumber(Samples.TO), MAY_2019.minusSeconds(60), limit);
    }

    private static <T> T found(Answer<T> answer) {
        assertThat(answer).isInstanceOf(Answer.Found.class);
        return ((Answer.Found<T>) answer).value();
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }
}
