package io.tidings.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tidings.account.PersonHashes;
import io.tidings.account.TidingsSecret;
import io.tidings.consent.ConsentAnswer.Rule;
import io.tidings.consent.ConsentEntry.Kind;
import io.tidings.consent.ConsentPolicy.Replies;
import io.tidings.consent.Evidence.Source;
import io.tidings.consent.Keywords.Family;
import io.tidings.message.Category;
import io.tidings.message.Channel;
import io.tidings.message.MemoryTransactions;
import io.tidings.message.OutboundMessage;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Secret;
import io.tidings.message.Sender;
import io.tidings.message.TenantId;
import io.tidings.test.SteppableTime;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConsentTest {
    private static final PhoneNumber PERSON = new PhoneNumber("+12025550123");
    private static final Sender LONG = new Sender.Number(new PhoneNumber("+12025550100"));
    private static final Sender FREE = new Sender.Number(new PhoneNumber("+18335550100"));
    private static final Sender CODE = new Sender.ShortCode("55512");
    private static final Sender.MessagingService SERVICE = new Sender.MessagingService("MG" + "a".repeat(32));
    private static final ConsentScope ALL = ConsentScope.of(TenantId.DEFAULT);
    private static final TidingsSecret SECRET = TidingsSecret.of(new Secret("a secret of enough characters, one"));

    private final SteppableTime time = new SteppableTime();
    private final MemoryTransactions transactions = new MemoryTransactions();
    private final MemoryConsent store = new MemoryConsent(transactions);
    private Consent consent = consent(ConsentPolicy.defaults(), SECRET);
    private int heard;

    private Consent consent(ConsentPolicy policy, TidingsSecret secret) {
        return new Consent(store, transactions, new PersonHashes(secret), policy, time);
    }

    private InboundText text(Sender to, String words) {
        return InboundText.sms(PERSON, to, words, "SM" + ++heard, time.instant());
    }

    private KeywordAction hear(Sender to, String words) {
        return consent.hear(text(to, words));
    }

    private ConsentAnswer mayContact(@Nullable Sender from, Category category) {
        return consent.mayContact(new ConsentQuestion(TenantId.DEFAULT, PERSON, category, Channel.SMS, from, null));
    }

    private Rule rule(Sender from) {
        return mayContact(from, Category.TRANSACTIONAL).rule();
    }

    private List<ConsentEntry> entries() {
        return consent.entries(TenantId.DEFAULT, PERSON);
    }

    @Test
    void the_answer_names_rule_reason_and_the_entry_that_decided() {
        assertThat(mayContact(CODE, Category.MARKETING))
                .isEqualTo(new ConsentAnswer(Rule.NO_OPT_OUT, null))
                .matches(ConsentAnswer::allowed);
        consent.optIn(ALL, PERSON, Evidence.host("web form").withText("I agree."));
        assertThat(mayContact(CODE, Category.MARKETING))
                .isEqualTo(new ConsentAnswer(Rule.OPTED_IN, entries().get(0)));
        consent.optOut(ALL, PERSON, Evidence.host("agent 7"));

        ConsentAnswer answer = mayContact(CODE, Category.OTP);
        assertThat(answer).isEqualTo(new ConsentAnswer(Rule.OPTED_OUT, entries().get(1)));
        assertThat(answer.allowed()).isFalse();
        assertThat(answer.reason()).isEqualTo("the recipient opted out");
    }

    @Test
    void where_an_opt_in_is_required_silence_is_a_no() {
        consent = consent(ConsentPolicy.defaults().requireOptIn(Category.MARKETING), SECRET);

        assertThat(mayContact(CODE, Category.MARKETING).rule()).isEqualTo(Rule.NO_OPT_IN);
        assertThat(mayContact(CODE, Category.ALERT).rule()).isEqualTo(Rule.NO_OPT_OUT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"KEYWORD", "OPT_OUT_TYPE", "DOUBLE_OPT_IN", "PROVIDER_ERROR"})
    void a_host_cannot_speak_for_the_handset_or_the_provider(Source source) {
        Evidence forged = new Evidence(source, "agent 7", null, null, null);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> consent.optIn(ALL, PERSON, forged))
                .withMessageContaining("hear(...)");
        assertThat(entries()).isEmpty();
    }

    @Test
    void STOP_is_recorded_with_the_words_and_where_they_were_said() {
        KeywordAction action = hear(LONG, " Stop! ");

        ConsentEntry entry = entries().get(0);
        assertThat(action).isInstanceOf(KeywordAction.Stopped.class);
        assertThat(entry.kind()).isEqualTo(Kind.OPT_OUT);
        assertThat(entry.scope()).isEqualTo(ALL);
        assertThat(entry.at()).isEqualTo(time.instant());
        assertThat(entry.evidence())
                .isEqualTo(new Evidence(
                        Source.KEYWORD,
                        "the person",
                        new Evidence.Verbatim(" Stop! "),
                        "SM1",
                        new Evidence.Route(LONG, Channel.SMS)));
        assertThat(rule(LONG)).isEqualTo(Rule.OPTED_OUT);
    }

    @Test
    void a_replayed_START_does_not_bring_anybody_back() {
        InboundText stop = text(LONG, "STOP");
        InboundText start = text(LONG, "START");
        InboundText again = text(LONG, "STOP");
        List.of(stop, start, again).forEach(consent::hear);

        for (InboundText replayed : List.of(start, stop, again, start)) {
            assertThat(consent.hear(replayed)).isEqualTo(new KeywordAction.Repeated());
        }

        assertThat(entries()).hasSize(3);
        assertThat(rule(LONG)).isEqualTo(Rule.OPTED_OUT);
    }

    @ParameterizedTest
    @CsvSource({"STOP, OPT_OUT", "START, OPT_IN", "HELP, HELP"})
    void OptOutType_is_final_whatever_the_words_are(String type, Kind kind) {
        KeywordAction action =
                consent.hear(text(CODE, "Basta così").withService(SERVICE).withOptOutType(type));

        ConsentEntry entry = entries().get(0);
        assertThat(entry.kind()).isEqualTo(kind);
        assertThat(entry.evidence().source()).isEqualTo(Source.OPT_OUT_TYPE);
        assertThat(entry.evidence().route()).isEqualTo(new Evidence.Route(SERVICE, Channel.SMS));
        assertThat(action.reply()).as("Twilio answers").isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"MAYBE", "", "stop it"})
    void an_OptOutType_that_nobody_knows_is_none(String type) {
        KeywordAction action = consent.hear(text(CODE, "STOP").withOptOutType(type));

        assertThat(action.reply()).isNotNull();
        assertThat(entries().get(0).evidence().source()).isEqualTo(Source.KEYWORD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"STOP", "stop", " Quit ", "REVOKE", "OPTOUT"})
    void what_Twilio_answers_on_numbers_is_not_answered_twice(String words) {
        assertThat(hear(LONG, words)).isInstanceOf(KeywordAction.Stopped.class).matches(each -> each.reply() == null);
        assertThat(hear(LONG, "START").reply()).isNull();
        assertThat(hear(LONG, "HELP").reply()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Stop!", "opt out", "ARRET", "stop all"})
    void what_Twilio_does_not_know_is_recorded_and_answered_by_us(String words) {
        OutboundMessage reply = hear(LONG, words).reply();

        assertThat(reply).isNotNull();
        assertThat(reply.to()).isEqualTo(PERSON);
        assertThat(reply.from()).isEqualTo(LONG);
        assertThat(reply.options().answers()).isEqualTo("SM1");
        assertThat(reply.key()).isEqualTo("consent/SM1");
        assertThat(reply.timing().expiresAfter()).isEqualTo(Duration.ofMinutes(5));
        assertThat(rule(LONG)).isEqualTo(Rule.OPTED_OUT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"STOP", "HELP", "START"})
    void on_short_codes_and_WhatsApp_the_answer_is_ours(String words) {
        assertThat(hear(CODE, words).reply()).isNotNull();
        OutboundMessage reply =
                consent.hear(text(LONG, words).withChannel(Channel.WHATSAPP)).reply();
        assertThat(reply).isNotNull();
        assertThat(reply.channel()).isEqualTo(Channel.WHATSAPP);
    }

    @Test
    void a_host_says_what_the_provider_answers() {
        consent = consent(ConsentPolicy.defaults().providerReplies(Replies.NUMBERS_AND_SHORT_CODES), SECRET);
        assertThat(hear(CODE, "STOP").reply()).isNull();
        consent = consent(ConsentPolicy.defaults().providerReplies(Replies.TOLL_FREE), SECRET);
        assertThat(hear(LONG, "STOP").reply()).isNotNull();
        assertThat(hear(FREE, "STOP").reply()).isNull();
    }

    @Test
    void toll_free_numbers_know_STOP_START_and_UNSTOP_only_but_we_honour_every_word_of_STOP() {
        assertThat(hear(FREE, "stop").reply()).isNull();
        assertThat(hear(FREE, "YES")).isEqualTo(new KeywordAction.None());
        assertThat(rule(FREE)).isEqualTo(Rule.OPTED_OUT);
        assertThat(hear(FREE, "Unstop")).isInstanceOf(KeywordAction.Started.class);
        assertThat(rule(FREE)).isEqualTo(Rule.OPTED_IN);

        assertThat(hear(FREE, "QUIT").reply())
                .as("the network does not know it")
                .isNotNull();
        assertThat(rule(FREE)).isEqualTo(Rule.OPTED_OUT);
    }

    @Test
    void YES_brings_back_only_who_told_this_number_to_stop() {
        assertThat(hear(LONG, "YES")).as("an answer to some question").isEqualTo(new KeywordAction.None());
        hear(CODE, "STOP");
        assertThat(hear(LONG, "YES")).as("this number heard no STOP").isEqualTo(new KeywordAction.None());
        assertThat(hear(CODE, "YES")).as("Twilio has no keywords there").isEqualTo(new KeywordAction.None());
        hear(LONG, "STOP");
        assertThat(hear(LONG, "yes")).isInstanceOf(KeywordAction.Started.class);
        assertThat(rule(LONG)).isEqualTo(Rule.OPTED_IN);
    }

    @Test
    void an_old_YES_that_is_replayed_brings_nobody_back_and_confirms_nothing() {
        InboundText appointment = text(LONG, "YES");
        assertThat(consent.hear(appointment)).isEqualTo(new KeywordAction.None());
        assertThat(consent.hear(appointment)).as("the handlers may try again").isEqualTo(new KeywordAction.None());
        hear(LONG, "STOP");
        assertThat(consent.hear(appointment)).isEqualTo(new KeywordAction.Repeated());
        assertThat(rule(LONG)).isEqualTo(Rule.OPTED_OUT);
        hear(LONG, "START");
        request(ALL.about("offers"), LONG);

        assertThat(consent.hear(appointment)).isEqualTo(new KeywordAction.Repeated());
        assertThat(entries()).extracting(ConsentEntry::kind).doesNotContain(Kind.OPT_IN_CONFIRMED);
        assertThat(hear(LONG, "Yes.")).isInstanceOf(KeywordAction.Confirmed.class);
    }

    @Test
    void nobody_is_asked_from_a_sender_that_cannot_be_answered() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> request(ALL, new Sender.Alphanumeric("Tidings")))
                .withMessageContaining("alphanumeric");
        assertThat(entries()).isEmpty();
    }

    @Test
    void the_words_of_a_messaging_service_hold_for_its_numbers() {
        consent = consent(
                ConsentPolicy.defaults()
                        .keywords(TenantId.DEFAULT, SERVICE, Keywords.standard().with(Family.STOP, "PARAR")),
                SECRET);

        assertThat(consent.hear(text(LONG, "parar").withService(SERVICE))).isInstanceOf(KeywordAction.Stopped.class);
        assertThat(hear(LONG, "parar")).isEqualTo(new KeywordAction.None());
    }

    @ParameterizedTest
    @ValueSource(strings = {"please stop calling", "Where is my order?", "", "START!"})
    void other_messages_are_for_the_handlers_and_leave_no_trace(String words) {
        assertThat(hear(LONG, words)).isEqualTo(new KeywordAction.None());
        assertThat(entries()).isEmpty();
    }

    @Test
    void a_policy_can_follow_Twilio_and_let_STOP_cover_its_sender_or_service_only() {
        consent = consent(ConsentPolicy.defaults().keywordsCoverTheirSenderOnly(), SECRET);
        hear(CODE, "STOP");
        assertThat(rule(CODE)).isEqualTo(Rule.OPTED_OUT);
        assertThat(rule(LONG)).isEqualTo(Rule.NO_OPT_OUT);

        consent.hear(text(LONG, "STOP").withService(SERVICE));
        assertThat(rule(SERVICE)).isEqualTo(Rule.OPTED_OUT);
    }

    @Test
    void HELP_is_answered_even_to_those_who_left() {
        hear(CODE, "STOP");

        KeywordAction help = hear(CODE, "help");

        assertThat(help).isInstanceOf(KeywordAction.Helped.class);
        assertThat(help.reply()).isNotNull();
        assertThat(rule(CODE)).isEqualTo(Rule.OPTED_OUT);
    }

    @Test
    void a_tenant_and_a_sender_have_words_and_answers_of_their_own() {
        TenantId other = new TenantId("other");
        consent = consent(
                ConsentPolicy.defaults()
                        .keywords(other, Keywords.standard().with(Family.STOP, "PARAR"))
                        .keywords(
                                other,
                                CODE,
                                Keywords.standard()
                                        .with(Family.STOP, "ABMELDEN")
                                        .replying(Family.STOP, "Abgemeldet.")
                                        .replying(Family.HELP, "")),
                SECRET);

        assertThat(hear(CODE, "parar")).isEqualTo(new KeywordAction.None());
        assertThat(consent.hear(text(LONG, "parar").withTenant(other))).isInstanceOf(KeywordAction.Stopped.class);
        assertThat(consent.hear(text(CODE, "parar").withTenant(other))).isEqualTo(new KeywordAction.None());
        OutboundMessage reply =
                consent.hear(text(CODE, "abmelden").withTenant(other)).reply();
        assertThat(reply).isNotNull();
        assertThat(reply.content()).isEqualTo(new io.tidings.message.Content.Text("Abgemeldet."));
        assertThat(reply.tenant()).isEqualTo(other);
        assertThat(consent.hear(text(CODE, "help").withTenant(other)).reply()).isNull();
    }

    private OutboundMessage request(ConsentScope scope, Sender from) {
        return consent.requestOptIn(
                scope, PERSON, from, Evidence.host("web form"), "Reply YES to get offers of Example Motors.");
    }

    @Test
    void a_double_opt_in_counts_once_the_number_itself_confirms() {
        consent = consent(ConsentPolicy.defaults().requireOptIn(Category.MARKETING), SECRET);

        OutboundMessage request = request(ALL, CODE);
        assertThat(request.category()).isEqualTo(Category.TRANSACTIONAL);
        assertThat(request.options().answers()).isNotNull().doesNotContain(PERSON.e164());
        assertThat(mayContact(CODE, Category.MARKETING).rule()).isEqualTo(Rule.NO_OPT_IN);
        time.forward(Duration.ofHours(23));
        KeywordAction action = hear(CODE, "Yes!");

        assertThat(action).isInstanceOf(KeywordAction.Confirmed.class);
        assertThat(action.reply()).isNotNull();
        assertThat(mayContact(CODE, Category.MARKETING).entry()).isEqualTo(((KeywordAction.Confirmed) action).entry());
        assertThat(entries())
                .extracting(ConsentEntry::kind)
                .containsExactly(Kind.OPT_IN_REQUESTED, Kind.OPT_IN_CONFIRMED);
        assertThat(entries().get(1).evidence().source()).isEqualTo(Source.DOUBLE_OPT_IN);
        assertThat(hear(CODE, "Yes!")).as("it is confirmed already").isEqualTo(new KeywordAction.None());
    }

    @Test
    void a_confirmation_covers_what_was_asked_for() {
        request(ALL.about("offers"), CODE);

        hear(CODE, "oui");

        assertThat(entries().get(1).scope()).isEqualTo(ALL.about("offers"));
    }

    @Test
    void a_confirmation_comes_in_time_to_the_same_sender_and_before_any_STOP() {
        request(ALL, CODE);
        assertThat(hear(LONG, "Y")).isEqualTo(new KeywordAction.None());
        time.forward(Duration.ofHours(24));
        assertThat(hear(CODE, "Y")).isEqualTo(new KeywordAction.None());

        request(ALL, CODE);
        hear(CODE, "STOP");
        assertThat(hear(CODE, "Y")).isEqualTo(new KeywordAction.None());
        assertThat(rule(CODE)).isEqualTo(Rule.OPTED_OUT);
    }

    @Test
    void a_request_through_a_service_is_confirmed_to_one_of_its_numbers() {
        request(ALL, SERVICE);

        KeywordAction action = consent.hear(text(LONG, "YES").withService(SERVICE));

        assertThat(action).isInstanceOf(KeywordAction.Confirmed.class);
        assertThat(action.reply()).as("Twilio takes YES for START and answers").isNull();
    }

    @Test
    void everything_joins_the_transaction_of_the_caller() {
        assertThatIllegalStateException()
                .isThrownBy(() -> transactions.execute(() -> {
                    hear(CODE, "STOP");
                    consent.optIn(ALL, PERSON, Evidence.host("web form"));
                    throw new IllegalStateException("the host's own trouble");
                }));

        assertThat(entries()).isEmpty();
    }

    @Test
    void who_is_erased_stays_opted_out_and_loses_every_opt_in() {
        consent = consent(ConsentPolicy.defaults().requireOptIn(Category.MARKETING), SECRET);
        consent.optIn(ALL, PERSON, Evidence.host("web form"));
        consent.forget(TenantId.DEFAULT, PERSON);
        assertThat(mayContact(CODE, Category.MARKETING).rule()).isEqualTo(Rule.NO_OPT_IN);
        hear(CODE, "STOP");

        assertThat(consent.forget(TenantId.DEFAULT, PERSON)).isEqualTo(1);

        assertThat(rule(CODE)).isEqualTo(Rule.OPTED_OUT);
        assertThat(entries().toString()).doesNotContain("2025550123");
        assertThat(hear(CODE, "START")).isInstanceOf(KeywordAction.Started.class);
        assertThat(rule(CODE)).isEqualTo(Rule.OPTED_IN);
    }

    @Test
    void the_erased_are_recognised_after_a_rotation_of_the_secret() {
        hear(CODE, "STOP");
        consent.forget(TenantId.DEFAULT, PERSON);
        Secret now = new Secret("a secret of enough characters, two");

        consent = consent(
                ConsentPolicy.defaults(), TidingsSecret.of(now, new Secret("a secret of enough characters, one")));
        assertThat(rule(CODE)).isEqualTo(Rule.OPTED_OUT);
        consent.forget(TenantId.DEFAULT, PERSON);
        consent = consent(ConsentPolicy.defaults(), TidingsSecret.of(now));
        assertThat(rule(CODE)).as("kept under the new secret since").isEqualTo(Rule.OPTED_OUT);
    }

    @Test
    void nothing_personal_is_printed() {
        hear(LONG, "stop");
        hear(CODE, "HELP");
        assertThat(entries().toString() + text(LONG, "my secret word") + mayContact(LONG, Category.OTP))
                .doesNotContain("2025550123", "2025550100", "my secret word");
    }
}
