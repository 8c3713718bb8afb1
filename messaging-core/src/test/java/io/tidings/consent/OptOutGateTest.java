package io.tidings.consent;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.gate.ConsentState;
import io.tidings.gate.ConsentState.Said;
import io.tidings.gate.Decision;
import io.tidings.gate.Facts;
import io.tidings.gate.GateCase;
import io.tidings.gate.Stage;
import io.tidings.message.Category;
import io.tidings.message.OutboundMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptOutGateTest {
    private static final Instant NOW = GateCase.NOW;
    private static final Said OUT = new Said("OPT_OUT", NOW, "KEYWORD", "everything of the tenant");

    private static Facts knowing(@Nullable Said out, @Nullable Said in, @Nullable Said answered) {
        return new Facts(new ConsentState(out, in, answered), null, 0, 0);
    }

    private static Decision check(ConsentPolicy policy, Facts facts, UnaryOperator<OutboundMessage.Builder> change) {
        return new OptOutGate(policy).check(GateCase.knowing(Stage.SEND, facts, change));
    }

    private static Said answered(String what, Duration ago) {
        return new Said(what, NOW.minus(ago), "KEYWORD", "everything of the tenant");
    }

    private static OutboundMessage.Builder answer(OutboundMessage.Builder message) {
        return message.answers("SM1").key("consent/SM1");
    }

    @ParameterizedTest
    @EnumSource
    void nobody_who_opted_out_is_texted_at_any_stage(Stage stage) {
        OptOutGate gate = new OptOutGate();

        assertThat(gate.name()).isEqualTo("opt-out");
        assertThat(gate.check(GateCase.knowing(stage, knowing(OUT, null, null))))
                .isEqualTo(new Decision.Refuse(
                        "the recipient opted out",
                        Map.of(
                                "entry", "OPT_OUT",
                                "since", NOW.toString(),
                                "source", "KEYWORD",
                                "covers", "everything of the tenant")));
        assertThat(gate.check(GateCase.knowing(stage, Facts.NONE)))
                .isEqualTo(new Decision.Pass("the recipient has not opted out", Map.of()));
    }

    @ParameterizedTest
    @EnumSource
    void an_opt_out_holds_for_every_category(Category category) {
        assertThat(check(ConsentPolicy.defaults(), knowing(OUT, OUT, null), message -> message.category(category)))
                .isInstanceOf(Decision.Refuse.class);
    }

    @Test
    void a_block_of_the_provider_says_what_helps() {
        Said block = new Said("OPT_OUT", NOW, "PROVIDER_ERROR", "one sender");

        assertThat(check(ConsentPolicy.defaults(), knowing(block, null, null), message -> message)
                        .reason())
                .contains("only START from the handset helps");
    }

    @Test
    void a_category_that_needs_an_opt_in_goes_only_to_those_who_gave_one() {
        ConsentPolicy strict = ConsentPolicy.defaults().requireOptIn(Category.MARKETING);
        Said in = new Said("OPT_IN", NOW, "HOST", "topic offers");
        UnaryOperator<OutboundMessage.Builder> offer = message -> message.category(Category.MARKETING);

        assertThat(check(strict, Facts.NONE, offer))
                .isEqualTo(new Decision.Refuse(
                        "this category needs an opt-in, and there is none", Map.of("category", "MARKETING")));
        assertThat(check(strict, knowing(null, in, null), offer)).isInstanceOf(Decision.Pass.class);
        assertThat(check(strict, Facts.NONE, message -> message)).isInstanceOf(Decision.Pass.class);
        assertThat(check(ConsentPolicy.defaults(), Facts.NONE, offer)).isInstanceOf(Decision.Pass.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"OPT_OUT", "HELP"})
    void the_one_answer_to_what_a_person_asked_for_passes_in_spite_of_the_opt_out(String kind) {
        Facts facts = knowing(OUT, null, answered(kind, Duration.ofSeconds(1)));

        Decision decision = check(ConsentPolicy.defaults(), facts, OptOutGateTest::answer);

        assertThat(decision).isInstanceOf(Decision.Pass.class);
        assertThat(decision.reason()).contains("one answer");
        assertThat(decision.values()).containsEntry("entry", kind);
    }

    @Test
    void an_answer_passes_for_five_minutes_only() {
        Facts late = knowing(OUT, null, answered("OPT_OUT", Duration.ofMinutes(5)));
        Facts soon =
                knowing(OUT, null, answered("OPT_OUT", Duration.ofMinutes(5).minusNanos(1)));

        assertThat(check(ConsentPolicy.defaults(), late, OptOutGateTest::answer))
                .isInstanceOf(Decision.Refuse.class);
        assertThat(check(ConsentPolicy.defaults(), soon, OptOutGateTest::answer))
                .isInstanceOf(Decision.Pass.class);
    }

    @Test
    void without_the_key_that_lets_it_be_sent_once_it_is_no_answer() {
        Facts facts = knowing(OUT, null, answered("OPT_OUT", Duration.ZERO));

        assertThat(check(ConsentPolicy.defaults(), facts, message -> message.answers("SM1")))
                .isInstanceOf(Decision.Refuse.class);
        assertThat(check(
                        ConsentPolicy.defaults(),
                        facts,
                        message -> message.answers("SM1").key("another")))
                .isInstanceOf(Decision.Refuse.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"OPT_IN", "OPT_IN_CONFIRMED"})
    void other_entries_permit_no_answer(String kind) {
        Facts facts = knowing(OUT, null, answered(kind, Duration.ZERO));

        assertThat(check(ConsentPolicy.defaults(), facts, OptOutGateTest::answer))
                .isInstanceOf(Decision.Refuse.class);
    }

    @Test
    void the_request_of_a_double_opt_in_needs_no_opt_in_but_heeds_an_opt_out() {
        ConsentPolicy strict =
                ConsentPolicy.defaults().requireOptIn(Category.TRANSACTIONAL).confirmWithin(Duration.ofHours(1));
        Said request = answered("OPT_IN_REQUESTED", Duration.ofMinutes(59));

        assertThat(check(strict, knowing(null, null, request), OptOutGateTest::answer))
                .isInstanceOf(Decision.Pass.class);
        assertThat(check(strict, knowing(OUT, null, request), OptOutGateTest::answer))
                .isInstanceOf(Decision.Refuse.class);
        assertThat(check(
                        strict,
                        knowing(null, null, answered("OPT_IN_REQUESTED", Duration.ofHours(1))),
                        OptOutGateTest::answer))
                .isInstanceOf(Decision.Refuse.class);
    }
}
