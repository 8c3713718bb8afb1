package io.tidings.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundMessageTest {
    private static final PhoneNumber ANA = new PhoneNumber("+12025550123");
    private static final String TEXT = "Your code is 481516";

    @Test
    void a_text_has_the_documented_defaults() {
        OutboundMessage message = OutboundMessage.to(ANA).text(TEXT).build();

        assertThat(message.tenant()).isEqualTo(TenantId.DEFAULT);
        assertThat(message.channel()).isEqualTo(Channel.SMS);
        assertThat(message.category()).isEqualTo(Category.TRANSACTIONAL);
        assertThat(message.from()).isNull();
        assertThat(message.key()).isNull();
        assertThat(message.timing()).isEqualTo(OutboundMessage.Timing.NOW);
        assertThat(message.options()).isEqualTo(OutboundMessage.Options.NONE);
    }

    @Test
    void everything_given_is_kept() {
        Instant noon = Instant.parse("2026-03-01T12:00:00Z");
        OutboundMessage message = OutboundMessage.to(ANA)
                .tenant(new TenantId("north"))
                .channel(Channel.WHATSAPP)
                .category(Category.OTP)
                .from(new Sender.ShortCode("55512"))
                .text(TEXT)
                .key("order-42")
                .tag("order", "42")
                .at(noon)
                .expiresAfter(Duration.ofMinutes(10))
                .smartEncoding()
                .orderKey("ana")
                .allowRepeat()
                .build();

        assertThat(message)
                .isEqualTo(new OutboundMessage(
                        new TenantId("north"),
                        Channel.WHATSAPP,
                        Category.OTP,
                        ANA,
                        new Sender.ShortCode("55512"),
                        new Content.Text(TEXT),
                        "order-42",
                        Map.of("order", "42"),
                        new OutboundMessage.Timing(noon, Duration.ofMinutes(10)),
                        new OutboundMessage.Options(true, "ana", true)));
        assertThat(message.withoutKey().key()).isNull();
        assertThat(message.withFrom(new Sender.Alphanumeric("Tidings")).from().address())
                .isEqualTo("Tidings");
        assertThat(message.withContent(new Content.Text("other")).to()).isEqualTo(ANA);
    }

    @Test
    void a_topic_and_an_answer_go_together_with_the_other_options_in_any_order() {
        OutboundMessage.Options all = new OutboundMessage.Options(true, "ana", true, "offers", "SM1", null, null);

        assertThat(OutboundMessage.to(ANA)
                        .text(TEXT)
                        .topic("offers")
                        .answers("SM1")
                        .smartEncoding()
                        .orderKey("ana")
                        .allowRepeat()
                        .build()
                        .options())
                .isEqualTo(all);
        assertThat(OutboundMessage.to(ANA)
                        .text(TEXT)
                        .allowRepeat()
                        .orderKey("ana")
                        .smartEncoding()
                        .answers("SM1")
                        .topic("offers")
                        .build()
                        .options())
                .isEqualTo(all);
        assertThatThrownBy(() -> OutboundMessage.to(ANA).topic("two words"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a topic");
    }

    @Test
    void media_travels_as_mms_and_never_as_sms_or_voice() {
        Content media = new Content.Media(new MessageBody(""), List.of(URI.create("https://example.com/a.png")));

        assertThat(OutboundMessage.to(ANA).content(media).build().channel()).isEqualTo(Channel.MMS);
        OutboundMessage.Builder sms = OutboundMessage.to(ANA).content(media).channel(Channel.SMS);
        assertThatThrownBy(sms::build)
                .isInstanceOf(InvalidContentException.class)
                .hasMessageContaining("SMS")
                .hasMessageContaining("media");
    }

    @Test
    void a_message_that_says_nothing_is_refused() {
        OutboundMessage.Builder empty = OutboundMessage.to(ANA);

        assertThatThrownBy(empty::build).isInstanceOf(InvalidContentException.class);
        assertThatThrownBy(() -> OutboundMessage.to(ANA).text(" \n")).isInstanceOf(InvalidContentException.class);
    }

    @Test
    void nothing_of_the_text_or_the_number_is_printed() {
        OutboundMessage message = OutboundMessage.to(ANA)
                .content(new Content.Templated("code", 2, Locale.US, Map.of("code", "481516")))
                .from(new Sender.Number(ANA))
                .build();

        assertThat(message.toString()).doesNotContain("481516").doesNotContain("2025550123");
        assertThat(OutboundMessage.to(ANA).text(TEXT).build().toString()).doesNotContain("481516");
        assertThat(new Content.Media(new MessageBody(TEXT), List.of(URI.create("https://e.com/?t=481516"))).toString())
                .doesNotContain("481516");
        assertThat(new Secret("481516").toString()).doesNotContain("481516");
    }

    @Test
    void what_is_printed_says_enough_to_find_it() {
        OutboundMessage message =
                OutboundMessage.to(ANA).text(TEXT).tag("order", "42").build();

        assertThat(message.toString())
                .contains("SMS", "TRANSACTIONAL", "tags=[order]", "key=none")
                .doesNotContain("42,");
        assertThat(OutboundMessage.to(ANA).text(TEXT).key("order-42").build().toString())
                .contains("key=given")
                .doesNotContain("order-42");
        assertThat(new Content.Media(new MessageBody(TEXT), List.of(URI.create("https://e.com/1"))).toString())
                .contains("media=1");
        assertThat(new Content.Templated("code", 2, Locale.US, Map.of("code", "481516")).toString())
                .contains("name=code", "version=2", "[code]");
        assertThat(new Content.Approved("HX" + "0a".repeat(16), Map.of("1", "481516"), new MessageBody(TEXT))
                        .toString())
                .contains("HX0a", "[1]")
                .doesNotContain("481516");
        assertThat(new Secret("481516").toString()).isNotEmpty();
    }

    @Test
    void an_approved_template_says_the_text_that_it_stands_for() {
        assertThat(new Content.Approved("HX" + "0a".repeat(16), Map.of(), new MessageBody(TEXT)).body())
                .isEqualTo(new MessageBody(TEXT));
    }

    @Test
    void an_occurrence_of_a_recurring_message_has_its_own_key_and_may_repeat_the_text() {
        OutboundMessage message =
                OutboundMessage.to(ANA).text(TEXT).key("weekly").build();

        OutboundMessage occurrence = message.recurringAs("weekly-2026-03-01");

        assertThat(occurrence.key()).isEqualTo("weekly-2026-03-01");
        assertThat(occurrence.options().allowRepeat()).isTrue();
        assertThat(occurrence.content()).isEqualTo(message.content());
    }

    @Test
    void the_zone_of_the_recipient_is_kept_as_the_host_knows_it() {
        ZoneId zone = ZoneId.of("Pacific/Honolulu");

        assertThat(OutboundMessage.to(ANA)
                        .text(TEXT)
                        .zone(zone)
                        .build()
                        .options()
                        .zone())
                .isEqualTo(zone);
        assertThat(OutboundMessage.Options.NONE.withZone(zone).zone()).isEqualTo(zone);
    }

    @Test
    void the_longest_that_is_allowed_is_allowed() {
        OutboundMessage.Builder message = OutboundMessage.to(ANA)
                .text(TEXT)
                .key("k".repeat(255))
                .orderKey("o".repeat(255))
                .topic("t".repeat(64))
                .answers("a".repeat(255));
        for (int i = 0; i < 10; i++) {
            message.tag(i + "n".repeat(63), "v".repeat(255));
        }

        assertThat(message.build().tags()).hasSize(10);
        assertThatThrownBy(() -> message.answers("a".repeat(256))).hasMessageContaining("consent entry");
        assertThatThrownBy(() -> message.topic("t".repeat(65))).hasMessageContaining("a topic must be 1 to 64");
    }

    @Test
    void ten_addresses_of_media_are_allowed_and_eleven_are_not() {
        List<URI> ten = Collections.nCopies(10, URI.create("https://e.com/1"));
        List<URI> eleven = Collections.nCopies(11, URI.create("https://e.com/1"));

        assertThat(new Content.Media(new MessageBody(TEXT), ten).media()).hasSize(10);
        assertThatThrownBy(() -> new Content.Media(new MessageBody(TEXT), eleven))
                .isInstanceOf(InvalidContentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\nb", "a\u0000b"})
    void keys_and_order_keys_are_printable(String bad) {
        assertThatThrownBy(() -> OutboundMessage.to(ANA).text(TEXT).key(bad).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("idempotency key");
        assertThatThrownBy(() -> OutboundMessage.to(ANA).text(TEXT).orderKey(bad))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("order key");
    }

    @Test
    void tags_are_few_and_plain() {
        assertThatThrownBy(
                        () -> OutboundMessage.to(ANA).text(TEXT).tag("a b", "1").build())
                .hasMessageContaining("tag's name");
        assertThatThrownBy(() -> OutboundMessage.to(ANA)
                        .text(TEXT)
                        .tag("a", "x".repeat(256))
                        .build())
                .hasMessageContaining("tag's value");
        OutboundMessage.Builder many = OutboundMessage.to(ANA).text(TEXT);
        for (int i = 0; i < 11; i++) {
            many.tag("t" + i, "x");
        }
        assertThatThrownBy(many::build).hasMessageContaining("at most 10 tags, got 11");
    }

    @Test
    void a_time_to_live_is_positive() {
        assertThatThrownBy(() -> new OutboundMessage.Timing(null, Duration.ZERO))
                .hasMessageContaining("positive");
        assertThatThrownBy(() -> new OutboundMessage.Timing(null, Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_missing_part_is_named_at_once() {
        assertThatThrownBy(() -> OutboundMessage.to(null).text(TEXT).build())
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("to");
        assertThatThrownBy(() -> OutboundMessage.to(ANA).text(TEXT).tenant(null).build())
                .hasMessageContaining("tenant");
    }

    @Test
    void a_body_holds_only_what_a_store_and_a_carrier_can_hold() {
        assertThat(new MessageBody("x".repeat(1600)).text()).hasSize(1600);
        assertThatThrownBy(() -> new MessageBody("x".repeat(1601)))
                .isInstanceOf(InvalidContentException.class)
                .hasMessageContaining("1601")
                .hasMessageContaining("1600");
        assertThatThrownBy(() -> new MessageBody("a\u0000b")).hasMessageContaining("NUL character at position 1");
        assertThatThrownBy(() -> new MessageBody("ab\ud83d")).hasMessageContaining("lone surrogate) at position 2");
        assertThatThrownBy(() -> new MessageBody("\ude00")).hasMessageContaining("position 0");
        assertThat(new MessageBody("😀")).hasToString("MessageBody[2 characters]");
    }

    @Test
    void media_has_one_to_ten_absolute_web_addresses() {
        MessageBody none = new MessageBody("");
        URI image = URI.create("https://example.com/a.png");

        assertThatThrownBy(() -> new Content.Media(none, List.of())).hasMessageContaining("1 to 10");
        assertThatThrownBy(() -> new Content.Media(none, Collections.nCopies(11, image)))
                .hasMessageContaining("got 11");
        for (String bad : List.of("ftp://example.com/a", "/a.png", "https:a", "file:///etc/passwd", "data:,x")) {
            assertThatThrownBy(() -> new Content.Media(none, List.of(URI.create(bad))))
                    .isInstanceOf(InvalidContentException.class)
                    .hasMessageContaining("http");
        }
    }

    @Test
    void a_templated_content_copies_its_variables_and_checks_its_name() {
        Map<String, String> variables = new HashMap<>(Map.of("name", "Ana"));
        Content.Templated templated = new Content.Templated("ready", null, Locale.US, variables);
        variables.clear();

        assertThat(templated.variables()).containsOnlyKeys("name");
        assertThatThrownBy(() -> new Content.Templated("a b", null, Locale.US, Map.of()))
                .hasMessageContaining("template's name");
        assertThatThrownBy(() -> new Content.Templated("a", 0, Locale.US, Map.of()))
                .hasMessageContaining("from 1");
    }

    @Test
    void each_content_is_matched() {
        Content.Cases<String> names = new Content.Cases<>() {
            @Override
            public String text(Content.Text text) {
                return "text";
            }

            @Override
            public String media(Content.Media media) {
                return "media";
            }

            @Override
            public String templated(Content.Templated templated) {
                return "templated";
            }

            @Override
            public String approved(Content.Approved approved) {
                return "approved";
            }
        };

        assertThat(new Content.Text("x").match(names)).isEqualTo("text");
        assertThat(new Content.Media(new MessageBody(""), List.of(URI.create("http://example.com/a"))).match(names))
                .isEqualTo("media");
        assertThat(new Content.Approved("HX" + "0".repeat(32), Map.of(), new MessageBody("")).match(names))
                .isEqualTo("approved");
        assertThat(new Content.Templated("a", 1, Locale.ROOT, Map.of()).match(names))
                .isEqualTo("templated");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "-a",
                "a b",
                "ü",
                "a\n",
                "a;drop",
                "12345678901234567890123456789012345678901234567890123456789012345"
            })
    void names_are_short_and_plain(String bad) {
        assertThatThrownBy(() -> new TenantId(bad))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tenant id")
                .hasMessageContaining("1 to 64");
        assertThatThrownBy(() -> new AccountId(bad)).hasMessageContaining("account id");
    }

    @Test
    void names_print_themselves_and_secrets_do_not() {
        assertThat(new TenantId("a/b@c:d_e-f.1")).hasToString("a/b@c:d_e-f.1");
        assertThat(AccountId.DEFAULT).hasToString("default");
        assertThatThrownBy(() -> new Secret(" "))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("leave the setting out");
    }

    @Test
    void errors_carry_their_facts() {
        MessageId id = MessageId.parse("0193a1b2-5f3e-7a01-9c44-2f6b8d0e1a23");

        assertThat(new KeyConflictException(id).existing()).isEqualTo(id);
        assertThat(new KeyConflictException(id)).hasMessageContaining(id.toString());
        assertThat(new StoreUnavailableException("x", new IllegalStateException("down")))
                .isInstanceOf(TidingsException.class)
                .hasCauseInstanceOf(IllegalStateException.class);
        assertThat(new NotConfiguredException("set x")).hasMessage("set x");
    }
}
