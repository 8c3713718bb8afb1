package io.tidings.consent;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.consent.ConsentEntry.Kind;
import io.tidings.consent.ConsentRules.Standing;
import io.tidings.consent.Evidence.Route;
import io.tidings.consent.Evidence.Source;
import io.tidings.message.Category;
import io.tidings.message.Channel;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Sender;
import io.tidings.message.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each rule of {@link ConsentRules}, one situation at a time. */
class ConsentRulesTest {
    private static final TenantId TENANT = new TenantId("shop");
    private static final PhoneNumber PERSON = new PhoneNumber("+12025550123");
    private static final Sender A = new Sender.ShortCode("55512");
    private static final Sender B = new Sender.ShortCode("55513");
    private static final Instant NOW = Instant.parse("2026-06-15T10:00:00Z");
    private static final ConsentScope ALL = ConsentScope.of(TENANT);

    private static final List<Kind> KINDS = List.of(Kind.values());

    private final List<ConsentEntry> ledger = new ArrayList<>();
    private int second;

    private ConsentRulesTest host(Kind kind, ConsentScope scope) {
        return add(kind, scope, Evidence.host("web form"), ++second);
    }

    private ConsentRulesTest person(Kind kind, ConsentScope scope, Sender to) {
        return person(kind, scope, to, Channel.SMS, ++second);
    }

    private ConsentRulesTest person(Kind kind, ConsentScope scope, Sender to, Channel channel, int at) {
        Source source = kind == Kind.OPT_IN_CONFIRMED ? Source.DOUBLE_OPT_IN : Source.KEYWORD;
        return add(kind, scope, new Evidence(source, "the person", null, null, new Route(to, channel)), at);
    }

    private ConsentRulesTest blocked(Sender from) {
        Evidence evidence =
                new Evidence(Source.PROVIDER_ERROR, "the provider", null, null, new Route(from, Channel.SMS));
        return add(Kind.OPT_OUT, ALL.from(from).on(Channel.SMS), evidence, ++second);
    }

    private ConsentRulesTest add(Kind kind, ConsentScope scope, Evidence evidence, int at) {
        ledger.add(new ConsentEntry(scope, PERSON, kind, evidence, NOW.plusSeconds(at)));
        return this;
    }

    private static ConsentQuestion question(@Nullable Sender from, @Nullable String topic, Channel channel) {
        return new ConsentQuestion(TENANT, PERSON, Category.MARKETING, channel, from, topic);
    }

    private Standing standing(@Nullable Sender from, @Nullable String topic, Channel channel) {
        return ConsentRules.standing(ledger, question(from, topic, channel), null);
    }

    private boolean mayText(Sender from, @Nullable String topic) {
        return standing(from, topic, Channel.SMS).optOut() == null;
    }

    private boolean mayText() {
        return mayText(A, null);
    }

    @Test
    void silence_is_no_opt_out_and_no_opt_in() {
        assertThat(standing(A, null, Channel.SMS)).isEqualTo(new Standing(null, null, null));
    }

    @Test
    void the_later_word_counts() {
        host(Kind.OPT_OUT, ALL);
        assertThat(mayText()).isFalse();
        host(Kind.OPT_IN, ALL);
        assertThat(mayText()).isTrue();
        host(Kind.OPT_OUT, ALL);
        assertThat(mayText()).isFalse();
        assertThat(standing(A, null, Channel.SMS).optIn()).isNull();
    }

    @Test
    void an_opt_out_of_the_whole_tenant_beats_an_earlier_opt_in_to_a_topic() {
        host(Kind.OPT_IN, ALL.about("offers")).host(Kind.OPT_OUT, ALL);

        assertThat(mayText(A, "offers")).isFalse();
        assertThat(standing(A, "offers", Channel.SMS).optIn()).isNull();
    }

    @Test
    void a_later_opt_in_to_a_topic_opens_that_topic_only() {
        host(Kind.OPT_OUT, ALL).host(Kind.OPT_IN, ALL.about("recalls"));

        assertThat(mayText(A, "recalls")).isTrue();
        assertThat(mayText(A, "offers")).isFalse();
        assertThat(mayText(A, null)).isFalse();
    }

    @Test
    void an_opt_out_of_a_topic_leaves_the_rest_and_outlives_a_general_opt_in() {
        host(Kind.OPT_OUT, ALL.about("offers")).host(Kind.OPT_IN, ALL).person(Kind.OPT_IN, ALL, A);

        assertThat(mayText(A, "offers")).isFalse();
        assertThat(mayText(A, "recalls")).isTrue();
        assertThat(mayText(A, null)).isTrue();

        host(Kind.OPT_IN, ALL.about("offers"));
        assertThat(mayText(A, "offers")).isTrue();
    }

    @Test
    void an_opt_out_of_one_sender_or_channel_leaves_the_others() {
        host(Kind.OPT_OUT, ALL.from(A)).host(Kind.OPT_OUT, ALL.on(Channel.WHATSAPP));

        assertThat(mayText(A, null)).isFalse();
        assertThat(mayText(B, null)).isTrue();
        assertThat(standing(B, null, Channel.WHATSAPP).optOut()).isNotNull();
        assertThat(standing(B, null, Channel.MMS).optOut()).isNull();
    }

    @Test
    void text_and_media_messages_are_one_channel() {
        host(Kind.OPT_OUT, ALL.on(Channel.SMS));

        assertThat(standing(A, null, Channel.MMS).optOut()).isNotNull();
        assertThat(standing(A, null, Channel.VOICE).optOut()).isNull();
    }

    @Test
    void another_tenant_is_another_matter() {
        host(Kind.OPT_OUT, ConsentScope.of(new TenantId("other")));

        assertThat(mayText()).isTrue();
    }

    @Test
    void an_opt_in_of_the_host_does_not_lift_what_the_number_itself_said() {
        person(Kind.OPT_OUT, ALL, A).host(Kind.OPT_IN, ALL);
        assertThat(mayText(A, null)).isFalse();
        assertThat(mayText(B, null)).isFalse();

        person(Kind.OPT_IN, ALL, A);
        assertThat(mayText(A, null)).isTrue();
        assertThat(mayText(B, null)).isTrue();
    }

    @Test
    void an_opt_in_of_the_host_does_not_lift_a_block_of_the_provider() {
        blocked(A).host(Kind.OPT_IN, ALL).host(Kind.OPT_IN, ALL.from(A).on(Channel.SMS));

        assertThat(mayText(A, null)).isFalse();
        assertThat(mayText(B, null)).isTrue();
    }

    @Test
    void a_block_ends_with_a_START_to_the_blocked_sender_and_to_no_other() {
        blocked(A).person(Kind.OPT_IN, ALL, B);
        assertThat(mayText(A, null)).isFalse();

        person(Kind.OPT_IN, ALL, A);
        assertThat(mayText(A, null)).isTrue();
    }

    @Test
    void START_to_another_sender_opens_all_but_the_one_that_heard_STOP() {
        person(Kind.OPT_OUT, ALL, A).person(Kind.OPT_IN, ALL, B);

        assertThat(mayText(B, null)).isTrue();
        assertThat(mayText(A, null)).isFalse();
    }

    @Test
    void START_on_WhatsApp_does_not_lift_an_opt_out_of_texts_alone() {
        person(Kind.OPT_OUT, ALL.on(Channel.SMS), A).person(Kind.OPT_IN, ALL, A, Channel.WHATSAPP, ++second);
        assertThat(mayText()).isFalse();

        person(Kind.OPT_IN, ALL, A);
        assertThat(mayText()).isTrue();
    }

    @Test
    void a_confirmed_double_opt_in_is_a_word_of_the_number_itself() {
        person(Kind.OPT_OUT, ALL, A).person(Kind.OPT_IN_CONFIRMED, ALL.about("offers"), A);

        assertThat(mayText(A, "offers")).isTrue();
        assertThat(mayText(A, null)).isFalse();
    }

    @Test
    void a_request_or_a_cry_for_help_changes_nothing() {
        host(Kind.OPT_OUT, ALL).host(Kind.OPT_IN_REQUESTED, ALL).person(Kind.HELP, ALL, A);

        assertThat(mayText()).isFalse();
        assertThat(standing(A, null, Channel.SMS).optIn()).isNull();
    }

    @Test
    void an_opt_in_that_comes_to_light_late_does_not_lift_a_newer_opt_out() {
        person(Kind.OPT_OUT, ALL, A, Channel.SMS, 100).person(Kind.OPT_IN, ALL, A, Channel.SMS, 50);

        assertThat(mayText()).isFalse();
    }

    @Test
    void an_opt_out_that_is_appended_later_stands_though_its_date_is_older() {
        person(Kind.OPT_IN, ALL, A, Channel.SMS, 100).person(Kind.OPT_OUT, ALL, A, Channel.SMS, 50);

        assertThat(mayText()).isFalse();
    }

    @Test
    void at_the_same_moment_the_order_of_the_ledger_decides() {
        person(Kind.OPT_OUT, ALL, A, Channel.SMS, 7).person(Kind.OPT_IN, ALL, A, Channel.SMS, 7);
        assertThat(mayText()).isTrue();

        person(Kind.OPT_OUT, ALL, A, Channel.SMS, 7);
        assertThat(mayText()).isFalse();
    }

    @Test
    void without_a_sender_in_the_question_entries_about_single_senders_do_not_count() {
        blocked(A);
        assertThat(standing(null, null, Channel.SMS).optOut()).isNull();

        person(Kind.OPT_OUT, ALL, A).person(Kind.OPT_IN, ALL, B);
        assertThat(standing(null, null, Channel.SMS).optOut()).isNull();
    }

    @Test
    void erasing_a_person_changes_nothing_about_opt_outs_and_ends_every_opt_in() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<ConsentScope> scopes = List.of(ALL, ALL.from(A), ALL.about("offers"), ALL.on(Channel.SMS));
        for (int run = 0; run < 2_000; run++) {
            ledger.clear();
            for (int i = random.nextInt(8); i >= 0; i--) {
                Kind kind = KINDS.get(random.nextInt(KINDS.size()));
                ConsentScope scope = scopes.get(random.nextInt(scopes.size()));
                switch (random.nextInt(3)) {
                    case 0 -> host(kind, scope);
                    case 1 -> person(kind, scope, random.nextBoolean() ? A : B);
                    default -> blocked(random.nextBoolean() ? A : B);
                }
            }
            List<ConsentEntry> erased =
                    ledger.stream().map(ConsentEntry::withoutPerson).toList();
            for (Sender from : List.of(A, B)) {
                for (String topic : new String[] {null, "offers"}) {
                    ConsentQuestion question = question(from, topic, Channel.SMS);
                    Standing before = ConsentRules.standing(ledger, question, null);
                    Standing after = ConsentRules.standing(erased, question, null);
                    assertThat(after.optOut() == null).as("seed %d", seed).isEqualTo(before.optOut() == null);
                    assertThat(after.optIn()).as("seed %d", seed).isNull();
                }
            }
        }
    }
}
