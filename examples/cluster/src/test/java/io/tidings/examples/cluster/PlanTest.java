package io.tidings.examples.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class PlanTest {

    @Test
    void without_options_three_nodes_share_three_senders_and_one_is_killed() {
        Plan plan = Plan.of("--seed", "7");

        assertThat(plan).isEqualTo(new Plan(1_500, 3, 3, 50, 1, 0, 7));
        assertThat(plan.codes()).containsExactly("55501", "55502", "55503");
    }

    @Test
    void every_figure_can_be_given() {
        assertThat(Plan.of(
                        "--messages",
                        "10",
                        "--nodes",
                        "2",
                        "--senders",
                        "1",
                        "--rate",
                        "5",
                        "--kills",
                        "3",
                        "--pauses",
                        "4",
                        "--seed",
                        "9"))
                .isEqualTo(new Plan(10, 2, 1, 5, 3, 4, 9));
    }

    @Test
    void what_is_not_known_or_no_figure_is_refused_with_a_sentence() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Plan.of("--node", "2"))
                .withMessageContaining("--node");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Plan.of("--nodes"))
                .withMessageContaining("lacks");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Plan.of("--nodes", "two"))
                .withMessageContaining("whole");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Plan.of("--nodes", "0"))
                .withMessageContaining("positive");
    }
}
