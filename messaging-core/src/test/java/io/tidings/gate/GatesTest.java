package io.tidings.gate;

import static io.tidings.gate.GateCase.NOW;
import static io.tidings.gate.GateCase.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidings.message.MessageStatus;
import io.tidings.message.OutboundMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GatesTest {
    private static final Duration HOLD = Duration.ofSeconds(30);
    private static final Decision.Pass PASS = new Decision.Pass("fine", Map.of("limit", "5"));
    private static final Decision.Delay DELAY = new Decision.Delay(NOW.plusSeconds(60), "it is night", Map.of());
    private static final Decision.Refuse REFUSE = new Decision.Refuse("never", Map.of());

    private final List<String> asked = new ArrayList<>();

    private Gate gate(String name, Decision decision) {
        return new Gate() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Decision check(GateRequest request) {
                asked.add(name);
                return decision;
            }
        };
    }

    private static Gate broken(RuntimeException failure) {
        return new Gate() {
            @Override
            public String name() {
                return "broken";
            }

            @Override
            public Decision check(GateRequest request) {
                throw failure;
            }
        };
    }

    @ParameterizedTest
    @EnumSource
    void a_gate_that_cannot_say_what_it_needs_holds_its_message_back_and_no_other(Stage stage) {
        Gate picky = new Gate() {
            @Override
            public String name() {
                return "picky";
            }

            @Override
            public Needs needs(OutboundMessage message, Instant now) {
                throw new IllegalStateException("no such campaign");
            }

            @Override
            public Decision check(GateRequest request) {
                return PASS;
            }
        };
        Gates gates = new Gates(List.of(gate("a", PASS), picky, gate("c", PASS)), HOLD);
        GateRequest request = request(stage, message -> message);

        FactSource.Question question = gates.question(request.id(), request.message(), NOW);
        List<GateRecord> records = gates.check(request, question.broken());

        assertThat(question.broken()).containsExactly("picky");
        assertThat(asked).containsExactly("a");
        assertThat(records.get(1).decision())
                .isInstanceOfSatisfying(
                        Decision.Delay.class, delay -> assertThat(delay.until()).isEqualTo(NOW.plus(HOLD)));
        assertThat(gates.check(request)).hasSize(3);
    }

    @ParameterizedTest
    @EnumSource
    void gates_are_asked_in_order_and_every_decision_is_recorded(Stage stage) {
        Gates gates = new Gates(List.of(gate("b", PASS), gate("a", PASS), gate("c", PASS)), HOLD);

        List<GateRecord> records = gates.check(request(stage, message -> message));

        assertThat(asked).containsExactly("b", "a", "c");
        assertThat(records)
                .containsExactly(
                        new GateRecord("b", stage, PASS, NOW),
                        new GateRecord("a", stage, PASS, NOW),
                        new GateRecord("c", stage, PASS, NOW));
    }

    @Test
    void the_first_gate_that_does_not_pass_is_the_last_one_asked() {
        assertThat(lastOf(gate("a", PASS), gate("b", DELAY), gate("c", REFUSE))).isEqualTo(DELAY);
        assertThat(lastOf(gate("d", REFUSE), gate("e", DELAY))).isEqualTo(REFUSE);
        assertThat(asked).containsExactly("a", "b", "d");
    }

    private static Decision lastOf(Gate... gates) {
        List<GateRecord> records = new Gates(List.of(gates), HOLD).check(request(Stage.ACCEPT, message -> message));
        return records.get(records.size() - 1).decision();
    }

    @Test
    void a_gate_that_throws_holds_the_message_back_and_asks_no_further() {
        Decision decision = lastOf(broken(new IllegalStateException("with a number in it")), gate("after", PASS));

        assertThat(decision).isInstanceOfSatisfying(Decision.Delay.class, delay -> {
            assertThat(delay.until()).isEqualTo(NOW.plus(HOLD));
            assertThat(delay.values()).isEqualTo(Map.of("error", "IllegalStateException"));
            assertThat(delay.toString()).doesNotContain("with a number in it");
        });
        assertThat(asked).isEmpty();
    }

    @Test
    void without_gates_the_record_says_so() {
        assertThat(new Gates(List.of(), HOLD).check(request(Stage.SEND, message -> message)))
                .singleElement()
                .satisfies(record -> {
                    assertThat(record.gate()).isEqualTo("none");
                    assertThat(record.stage()).isEqualTo(Stage.SEND);
                    assertThat(record.at()).isEqualTo(NOW);
                    assertThat(record.decision()).isInstanceOf(Decision.Pass.class);
                });
    }

    @Test
    void later_changes_to_the_given_list_change_nothing() {
        List<Gate> list = new ArrayList<>(List.of(gate("a", PASS)));
        Gates gates = new Gates(list, HOLD);
        list.add(gate("b", REFUSE));

        assertThat(gates.check(request(Stage.ACCEPT, message -> message))).hasSize(1);
    }

    @Test
    void a_gate_refuses_only_as_refused_or_expired() {
        for (MessageStatus status : MessageStatus.values()) {
            if (status == MessageStatus.REFUSED || status == MessageStatus.EXPIRED) {
                assertThat(new Decision.Refuse(status, "no", Map.of()).status()).isEqualTo(status);
            } else {
                assertThatThrownBy(() -> new Decision.Refuse(status, "no", Map.of()))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining(status.name());
            }
        }
        assertThat(REFUSE.status()).isEqualTo(MessageStatus.REFUSED);
    }

    @Test
    void decisions_keep_their_own_copy_of_the_values() {
        for (Decision decision : List.of(PASS, DELAY, REFUSE)) {
            assertThatThrownBy(() -> decision.values().put("other", "value"))
                    .isInstanceOf(UnsupportedOperationException.class);
        }
        Map<String, String> values = new HashMap<>(Map.of("limit", "5"));
        Decision.Pass pass = new Decision.Pass("fine", values);
        values.clear();
        assertThat(pass).isEqualTo(PASS);
    }

    @Test
    void each_decision_is_matched_by_its_own_case() {
        Decision.Cases<String> names = new Decision.Cases<>() {
            @Override
            public String pass(Decision.Pass pass) {
                return "pass";
            }

            @Override
            public String delay(Decision.Delay delay) {
                return "delay";
            }

            @Override
            public String refuse(Decision.Refuse refuse) {
                return "refuse";
            }
        };
        assertThat(List.of(PASS, DELAY, REFUSE))
                .extracting(d -> d.match(names))
                .containsExactly("pass", "delay", "refuse");
    }
}
