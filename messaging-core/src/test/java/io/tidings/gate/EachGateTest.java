package io.tidings.gate;

import static io.tidings.gate.GateCase.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidings.message.Category;
import io.tidings.message.MessageStatus;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EachGateTest {
    private static final Duration WINDOW = Duration.ofHours(4);

    private static boolean passes(Decision decision) {
        return decision instanceof Decision.Pass;
    }

    @Test
    void gates_have_the_names_that_are_recorded() {
        assertThat(List.of(
                        new ExpiryGate(),
                        new DestinationGate(Set.of("US")),
                        new RepeatGate(WINDOW),
                        new BacklogGate(1, 1)))
                .extracting(Gate::name)
                .containsExactly("expiry", "destination", "repeat", "backlog");
    }

    @ParameterizedTest
    @EnumSource
    void a_message_expires_exactly_at_its_end(Stage stage) {
        ExpiryGate gate = new ExpiryGate();

        assertThat(passes(gate.check(GateCase.expiring(stage, null)))).isTrue();
        assertThat(passes(gate.check(GateCase.expiring(stage, NOW.plusNanos(1)))))
                .isTrue();
        for (Duration late : List.of(Duration.ZERO, Duration.ofNanos(1), Duration.ofDays(1))) {
            assertThat(gate.check(GateCase.expiring(stage, NOW.minus(late))))
                    .isEqualTo(new Decision.Refuse(
                            MessageStatus.EXPIRED,
                            "its time-to-live is over",
                            Map.of("expiresAt", NOW.minus(late).toString())));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "+12025550100, US, true",
        "+14165550123, CA, false",
        "+442079460018, GB, true",
        "+4915112345678, DE, false",
        "+882161234567, unknown, false",
        "+870773111632, unknown, false"
    })
    void only_open_countries_are_reached_and_numbers_of_none_are_not(String number, String country, boolean open) {
        DestinationGate gate = new DestinationGate(Set.of("US", "GB"));
        for (Stage stage : Stage.values()) {
            Decision decision = gate.check(GateCase.to(stage, number));

            assertThat(passes(decision)).isEqualTo(open);
            assertThat(decision.values()).isEqualTo(Map.of("country", country, "open", "GB US"));
            assertThat(decision.toString()).doesNotContain(number.substring(1));
            if (!open) {
                assertThat(decision)
                        .isInstanceOfSatisfying(
                                Decision.Refuse.class,
                                refuse -> assertThat(refuse.status()).isEqualTo(MessageStatus.REFUSED));
            }
        }
    }

    @Test
    void a_destination_gate_needs_countries_in_capital_letters() {
        assertThatThrownBy(() -> new DestinationGate(Set.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least one");
        for (String wrong : List.of("us", "USA", "", "U1", "*")) {
            assertThatThrownBy(() -> new DestinationGate(Set.of("US", wrong)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'" + wrong + "'");
        }
    }

    @ParameterizedTest
    @EnumSource
    void by_default_only_transactional_and_marketing_messages_must_not_repeat(Category category) {
        RepeatGate gate = new RepeatGate(WINDOW);
        boolean watched = EnumSet.of(Category.TRANSACTIONAL, Category.MARKETING).contains(category);
        for (Stage stage : Stage.values()) {
            assertThat(passes(gate.check(repeated(stage, category, Duration.ofHours(1), false))))
                    .isEqualTo(!watched);
        }
    }

    private static GateRequest repeated(Stage stage, Category category, Duration ago, boolean allowed) {
        Facts facts = new Facts(ConsentState.SILENT, NOW.minus(ago), 0, 0);
        return GateCase.request(stage, "+12025550100", null, facts, message -> {
            message.category(category);
            return allowed ? message.allowRepeat() : message;
        });
    }

    @Test
    void the_watched_categories_can_be_chosen_and_a_message_can_be_excepted() {
        RepeatGate onlyCodes = new RepeatGate(WINDOW, Set.of(Category.OTP));

        assertThat(passes(onlyCodes.check(repeated(Stage.ACCEPT, Category.OTP, Duration.ZERO, false))))
                .isFalse();
        assertThat(passes(onlyCodes.check(repeated(Stage.ACCEPT, Category.MARKETING, Duration.ZERO, false))))
                .isTrue();
        assertThat(passes(onlyCodes.check(repeated(Stage.ACCEPT, Category.OTP, Duration.ZERO, true))))
                .isTrue();
    }

    @Test
    void a_repetition_is_allowed_again_exactly_when_the_window_is_over() {
        RepeatGate gate = new RepeatGate(WINDOW);
        Duration within = WINDOW.minusNanos(1);

        assertThat(gate.check(repeated(Stage.SEND, Category.MARKETING, within, false)))
                .isEqualTo(new Decision.Refuse(
                        "the same text went to the same number within the window",
                        Map.of("window", "4 h", "previous", NOW.minus(within).toString())));
        Decision after = gate.check(repeated(Stage.SEND, Category.MARKETING, WINDOW, false));
        assertThat(passes(after)).isTrue();
        assertThat(after.values()).isEqualTo(Map.of("window", "4 h"));
        assertThat(passes(gate.check(GateCase.knowing(Stage.SEND, Facts.NONE)))).isTrue();
    }

    @Test
    void a_window_of_nothing_lets_everything_pass_and_a_negative_one_is_refused() {
        assertThat(passes(new RepeatGate(Duration.ZERO)
                        .check(repeated(Stage.ACCEPT, Category.MARKETING, Duration.ZERO, false))))
                .isTrue();
        assertThatThrownBy(() -> new RepeatGate(Duration.ofSeconds(-1))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, true",
        "9, 99, true",
        "9, 9, true",
        "10, 10, false",
        "11, 20, false",
        "0, 100, false",
        "9, 101, false"
    })
    void the_backlog_gate_refuses_from_its_limits_on(long ofTenant, long ofAll, boolean passes) {
        BacklogGate gate = new BacklogGate(10, 100);

        Decision decision =
                gate.check(GateCase.knowing(Stage.ACCEPT, new Facts(ConsentState.SILENT, null, ofTenant, ofAll)));

        assertThat(passes(decision)).isEqualTo(passes);
        assertThat(decision.values())
                .isEqualTo(Map.of(
                        "tenantBacklog", Long.toString(ofTenant), "backlog", Long.toString(ofAll), "limits", "10 100"));
    }

    @Test
    void what_was_taken_in_is_not_turned_away_by_the_backlog() {
        assertThat(passes(new BacklogGate(1, 1)
                        .check(GateCase.knowing(Stage.SEND, new Facts(ConsentState.SILENT, null, 1_000, 1_000)))))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"0, 10", "-1, 10", "10, 9", "0, 0"})
    void backlog_limits_that_contradict_each_other_are_refused(long perTenant, long total) {
        assertThatThrownBy(() -> new BacklogGate(perTenant, total)).isInstanceOf(IllegalArgumentException.class);
    }
}
