package io.tidings.examples.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VerdictTest {
    private static final Plan PLAN = new Plan(10, 3, 1, 50, 1, 0, 1);
    private static final Verdict.Kills ONE_KILL = new Verdict.Kills(1, 1, 2);

    @Test
    void a_run_holds_if_nothing_was_lost_doubled_stuck_or_sent_after_a_rollback() {
        assertThat(verdict(0, 0, 0, 0, 2, 100).holds(PLAN)).isTrue();
        assertThat(verdict(1, 0, 0, 0, 0, 100).holds(PLAN)).isFalse();
        assertThat(verdict(0, 1, 0, 0, 0, 100).holds(PLAN)).isFalse();
        assertThat(verdict(0, 0, 1, 0, 0, 100).holds(PLAN)).isFalse();
        assertThat(verdict(0, 0, 0, 1, 0, 100).holds(PLAN)).isFalse();
    }

    @Test
    void no_more_may_be_given_up_than_was_in_the_air_at_the_kills_and_no_second_may_exceed_limit_and_burst() {
        assertThat(verdict(0, 0, 0, 0, 3, 100).holds(PLAN)).isFalse();
        assertThat(verdict(0, 0, 0, 0, 0, 101).holds(PLAN)).isFalse();
    }

    @Test
    void the_last_line_tells_every_figure() {
        assertThat(verdict(1, 2, 3, 4, 5, 6).line())
                .isEqualTo("committed=10 delivered=5 given_up=5 policy_duplicates=0 kills=1 kills_in_flight=1"
                        + " densest_second=6 rolled_back_but_sent=3 duplicates=1 lost=2 stuck=4");
    }

    @Test
    void kills_tell_enough_if_one_in_ten_and_at_least_one_left_a_message_in_the_air() {
        assertThat(new Verdict.Kills(3, 0, 0).tellEnough()).isFalse();
        assertThat(new Verdict.Kills(3, 1, 1).tellEnough()).isTrue();
        assertThat(new Verdict.Kills(11, 1, 1).tellEnough()).isFalse();
    }

    private static Verdict verdict(int duplicates, int lost, int ghosts, int stuck, int givenUp, int densest) {
        return new Verdict(
                new Verdict.Ends(10, 10 - givenUp, givenUp, stuck),
                new Verdict.Copies(0, duplicates, lost, ghosts),
                ONE_KILL,
                densest);
    }
}
