package io.tidings.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.model.Setting.Fault;
import io.tidings.model.Setting.Policy;
import io.tidings.model.Setting.Size;
import io.tidings.torture.Scale;
import io.tidings.torture.Scoreboard;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Row 49: all interleavings of claim, send, answer, callback, list, crash, recovery and horizon for two messages on three
 * nodes of which two die. In full size also beside one request that is refused, throttled or never made.
 */
@ExtendWith(Scoreboard.Keeper.class)
class Row49ExhaustiveTest {
    private static final Size ALL = new Size(3, 2, 0, 2);
    private static final Size MISHAP = new Size(2, 1, 1, 2);
    private static final Size SMALL = new Size(2, 1, 0, 2);
    private static final Size ALONE = new Size(1, 0, 1, 2);

    @Test
    void at_most_once_holds_in_every_interleaving(Scoreboard board) {
        every(board, Policy.GIVE_UP, new Size(3, 2, 1, 2));
    }

    @Test
    void at_least_once_loses_nothing_and_counts_every_copy_in_every_interleaving(Scoreboard board) {
        every(board, Policy.RESEND, ALL);
        if (Scale.isFull()) {
            every(board, Policy.RESEND, MISHAP);
        }
    }

    @Test
    void once_more_holds_in_every_interleaving(Scoreboard board) {
        every(board, Policy.RESEND_ONCE, Scale.isFull() ? ALL : new Size(1, 0, 0, 2));
    }

    @Test
    void a_request_that_is_refused_throttled_or_never_made_changes_nothing_of_that() {
        assertThat(new Explorer(Setting.of(ALONE, Policy.RESEND, false))
                        .explore()
                        .broken())
                .isEmpty();
    }

    private static void every(Scoreboard board, Policy policy, Size size) {
        Scoreboard.Row row = board.row("49", "model, all interleavings, " + policy, 0)
                .size("2 messages, %d nodes, %d crashes, %d mishaps", size.nodes(), size.crashes(), size.mishaps());
        for (boolean twins : new boolean[] {false, true}) {
            Explorer.Result result = new Explorer(Setting.of(size, policy, twins)).explore();
            row.figure(
                    "%s: %d states, %d transitions, %d ends",
                    twins ? "equal" : "different", result.states(), result.transitions(), result.ends());

            assertThat(result.broken()).isEmpty();
            assertThat(result.ends()).isPositive();
        }
        row.passed();
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void a_planted_fault_is_found(Fault fault) {
        Explorer.Result broken = new Explorer(where(fault).broken(fault)).explore();

        System.out.println("row 49: " + fault + ": " + broken.broken().orElse("not found"));
        assertThat(broken.broken()).isPresent();
    }

    /** A small world in which it shows; without the fault nothing is broken there, as the other tests show. */
    private static Setting where(Fault fault) {
        return switch (fault) {
            case LISTED_MESSAGE_GIVEN_TWICE, LISTED_ID_KEPT_BESIDE_THE_OWN -> Setting.of(SMALL, Policy.GIVE_UP, true);
            case ATTEMPT_BESIDE_FORGOTTEN -> Setting.of(SMALL, Policy.RESEND, false);
            case OLD_ANSWER_MOVES_THE_ROW, REFUSAL_OUTWEIGHS_THE_COPY -> Setting.of(ALONE, Policy.RESEND, false);
            default -> Setting.of(SMALL, Policy.GIVE_UP, false);
        };
    }
}
