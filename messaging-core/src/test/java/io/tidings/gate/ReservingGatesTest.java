package io.tidings.gate;

import static io.tidings.gate.GateCase.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tidings.gate.ReservingGate.Claim;
import io.tidings.message.AttemptId;
import io.tidings.message.Category;
import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import io.tidings.message.Person;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ReservingGatesTest {
    private static final Decision PASS = new Decision.Pass("room is taken", Map.of());
    private static final Decision FULL = new Decision.Refuse("it is full", Map.of());
    private static final Claim FIRST = claim(1);
    private static final Claim SECOND = claim(2);

    private final List<String> acts = new ArrayList<>();

    private static Claim claim(int number) {
        GateRequest request = GateCase.request(Stage.SEND, message -> message);
        return new Claim(new AttemptId(new MessageId(new UUID(0, number)), 1), request.message(), 1);
    }

    /** Has room for so many. */
    private final class Room implements ReservingGate {
        private final String name;
        private int left;

        Room(String name, int left) {
            this.name = name;
            this.left = left;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Needs needs(io.tidings.message.OutboundMessage message, Instant now) {
            return new Needs(Set.of(), Set.of(name), Set.of());
        }

        @Override
        public Decision check(GateRequest request) {
            acts.add(name + " looks");
            return PASS;
        }

        @Override
        public List<Decision> take(List<Claim> claims, Instant now) {
            return claims.stream().map(claim -> left-- > 0 ? PASS : FULL).toList();
        }

        @Override
        public void giveBack(Claim claim) {
            acts.add(name + " gets back " + (claim.equals(FIRST) ? 1 : 2));
        }
    }

    private Gates gates(Gate... all) {
        return new Gates(List.of(all), Duration.ofSeconds(30));
    }

    @Test
    void what_one_gate_took_is_given_back_when_a_later_one_has_no_room() {
        Gates gates = gates(new Room("a", 2), new Room("b", 1), new Room("c", 1));

        Map<AttemptId, List<GateRecord>> records = gates.take(List.of(FIRST, SECOND), NOW);

        assertThat(records.get(FIRST.attempt())).extracting(GateRecord::gate).containsExactly("a", "b", "c");
        assertThat(records.get(SECOND.attempt()))
                .extracting(GateRecord::decision)
                .containsExactly(PASS, FULL);
        assertThat(acts).containsExactly("a gets back 2");
        assertThat(records.get(FIRST.attempt()).get(0)).isEqualTo(new GateRecord("a", Stage.SEND, PASS, NOW));
    }

    @Test
    void no_gate_is_asked_for_nobody_and_an_attempt_that_did_not_begin_gives_back_everywhere() {
        Gates gates = gates(new Room("a", 0), new Room("b", 5));

        assertThat(gates.take(List.of(FIRST), NOW).get(FIRST.attempt())).hasSize(1);
        gates.giveBack(SECOND);
        assertThat(acts).containsExactly("a gets back 2", "b gets back 2");
        assertThat(gates.take(List.of(), NOW)).isEmpty();
    }

    @Test
    void before_the_wire_such_a_gate_is_not_only_looked_at() {
        Gates gates = gates(new Room("a", 1));

        assertThat(gates.check(GateCase.request(Stage.ACCEPT, message -> message)))
                .hasSize(1);
        assertThat(acts).containsExactly("a looks");
        assertThat(gates.check(GateCase.request(Stage.SEND, message -> message))
                        .get(0)
                        .gate())
                .isEqualTo("none");
        assertThat(acts).hasSize(1);
    }

    @Test
    void all_gates_together_say_what_must_be_known_and_about_whom() {
        GateRequest request = GateCase.request(Stage.ACCEPT, message -> message);
        FactSource.Question question = gates(new Room("a", 1), new BacklogGate(1, 1), new Room("b", 1))
                .question(request.id(), request.message(), NOW);

        assertThat(question.needs()).isEqualTo(new Needs(Set.of(), Set.of("a", "b"), Set.of()));
        assertThat(question.person()).isEqualTo(Person.of(request.message().to()));
    }

    @Test
    void the_check_of_the_host_has_the_defaults_it_names_and_refuses_times_without_a_length() {
        CheckRule rule = CheckRule.of(candidate -> SendCheck.pass());

        assertThat(rule.answerWithin()).isEqualTo(Duration.ofSeconds(5));
        assertThat(rule.freshFor()).isEqualTo(Duration.ofSeconds(10));
        assertThat(rule.holdFor()).isEqualTo(Duration.ofSeconds(30));
        assertThat(rule.categories()).hasSize(Category.values().length);
        assertThat(rule.withCategories(Set.of(Category.OTP)).categories()).containsExactly(Category.OTP);
        Duration second = Duration.ofSeconds(1);
        assertThat(rule.withTimes(second, second, second).holdFor()).isEqualTo(second);
        for (Duration wrong : List.of(Duration.ZERO, second.negated())) {
            assertThatIllegalArgumentException().isThrownBy(() -> rule.withTimes(wrong, second, second));
            assertThatIllegalArgumentException().isThrownBy(() -> rule.withTimes(second, wrong, second));
            assertThatIllegalArgumentException().isThrownBy(() -> rule.withTimes(second, second, wrong));
        }
        assertThat(gates().check()).isEmpty();
        assertThat(gates().with(rule).check()).contains(rule);
        assertThat(SendCheck.pass()).isInstanceOf(Decision.Pass.class);
        assertThat(SendCheck.refuse("cancelled"))
                .isEqualTo(new Decision.Refuse(MessageStatus.REFUSED, "cancelled", Map.of()));
    }
}
