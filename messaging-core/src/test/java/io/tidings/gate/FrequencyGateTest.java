package io.tidings.gate;

import static io.tidings.gate.GateCase.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tidings.message.Category;
import io.tidings.message.OutboundMessage;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Sender;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FrequencyGateTest {
    private static final Duration DAY = Duration.ofDays(1);
    private static final FrequencyCap THREE = FrequencyCap.marketing(3, DAY);
    private static final FrequencyCap FIVE =
            new FrequencyCap(Set.of(Category.MARKETING, Category.TRANSACTIONAL), 5, Duration.ofDays(7));

    private final Gate gate = FrequencyCap.gate("frequency", List.of(THREE, FIVE));

    private static OutboundMessage message(Category category) {
        return OutboundMessage.to(new PhoneNumber("+12025550100"))
                .from(new Sender.ShortCode("55512"))
                .category(category)
                .text("Half the price today.")
                .build();
    }

    private Decision check(Category category, Map<Needs.Recent, Instant> recent) {
        Facts facts = new Facts(ConsentState.SILENT, null, 0, 0, new Known(recent, Map.of(), Map.of()), null);
        return gate.check(GateCase.knowing(Stage.ACCEPT, facts, builder -> builder.category(category)));
    }

    @Test
    void it_asks_for_the_message_that_would_be_one_too_many_of_each_cap_that_holds() {
        assertThat(gate.name()).isEqualTo("frequency");
        assertThat(gate.needs(message(Category.MARKETING), NOW).recent())
                .containsExactlyInAnyOrder(
                        new Needs.Recent(Set.of(Category.MARKETING), 3, DAY),
                        new Needs.Recent(Set.of(Category.MARKETING, Category.TRANSACTIONAL), 5, Duration.ofDays(7)));
        assertThat(gate.needs(message(Category.TRANSACTIONAL), NOW).recent()).containsExactly(FIVE.need());
        assertThat(gate.needs(message(Category.OTP), NOW)).isEqualTo(Needs.NONE);
    }

    @Test
    void a_cap_is_used_up_until_its_window_has_passed_since_the_message_that_counts() {
        Decision full =
                check(Category.MARKETING, Map.of(THREE.need(), NOW.minus(DAY).plusNanos(1)));
        assertThat(full).isInstanceOf(Decision.Refuse.class);
        assertThat(full.values()).containsEntry("cap", "3 in 24 h").containsKey("since");

        assertThat(check(Category.MARKETING, Map.of(THREE.need(), NOW.minus(DAY))))
                .isEqualTo(new Decision.Pass("the recipient's frequency cap has room", Map.of("cap", "5 in 168 h")));
        assertThat(check(Category.MARKETING, Map.of(FIVE.need(), NOW)).values()).containsEntry("cap", "5 in 168 h");
        assertThat(check(Category.MARKETING, Map.of())).isInstanceOf(Decision.Pass.class);
    }

    @Test
    void other_categories_are_not_held_to_it() {
        assertThat(check(Category.OTP, Map.of(THREE.need(), NOW, FIVE.need(), NOW))
                        .reason())
                .isEqualTo("no frequency cap holds for its category");
        assertThat(check(Category.TRANSACTIONAL, Map.of(THREE.need(), NOW))).isInstanceOf(Decision.Pass.class);
    }

    @Test
    void a_cap_that_makes_no_sense_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new FrequencyCap(Set.of(), 1, DAY));
        assertThatIllegalArgumentException().isThrownBy(() -> FrequencyCap.marketing(0, DAY));
        assertThatIllegalArgumentException().isThrownBy(() -> FrequencyCap.marketing(1, Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> FrequencyCap.marketing(1, DAY.negated()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Needs.Recent(Set.of(Category.OTP), 0, DAY));
        assertThatIllegalArgumentException().isThrownBy(() -> new Needs.Recent(Set.of(Category.OTP), 1, Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> new Needs.Recent(Set.of(Category.OTP), 1, DAY.negated()));
        assertThat(new Needs.Recent(Set.of(Category.OTP), 1, Duration.ofNanos(1)).nth())
                .isEqualTo(1);
    }

    @Test
    void needs_are_joined_and_neither_they_nor_the_answers_print_a_range() {
        Needs budget = new Needs(Set.of(), Set.of("TENANT|total"), Set.of());
        Needs range = new Needs(Set.of(THREE.need()), Set.of(), Set.of("range|acme|+1202555"));

        assertThat(budget.and(range))
                .isEqualTo(new Needs(Set.of(THREE.need()), Set.of("TENANT|total"), Set.of("range|acme|+1202555")));
        assertThat(Needs.NONE.and(range)).isSameAs(range);
        assertThat(range.and(Needs.NONE)).isSameAs(range);
        assertThat(Needs.NONE.isNone()).isTrue();
        assertThat(budget.isNone()).isFalse();
        assertThat(new Needs(Set.of(), Set.of(), Set.of("range")).isNone()).isFalse();
        assertThat(new Needs(Set.of(THREE.need()), Set.of(), Set.of()).isNone()).isFalse();
        assertThat(budget.and(range)).asString().contains("used=1", "blocked=1").doesNotContain("1202555");
        assertThat(new Known(Map.of(), Map.of(), Map.of("range|acme|+1202555", NOW)))
                .asString()
                .contains(NOW.toString())
                .doesNotContain("1202555");
    }
}
