package io.tidings.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NumberMemoTest {

    @Test
    void numbers_that_share_a_place_are_not_mixed_up() {
        NumberMemo memo = new NumberMemo();
        for (int pass = 0; pass < 2; pass++) {
            for (int i = 0; i < 3_000; i++) {
                String us = String.format("+1202555%04d", i);
                String german = String.format("+4915112%06d", i);
                assertThat(memo.of(us).e164()).isEqualTo(us);
                assertThat(memo.of(us).region()).contains("US");
                assertThat(memo.of(german).e164()).isEqualTo(german);
                assertThat(memo.of(german).region()).contains("DE");
            }
        }
    }

    @Test
    void it_prints_no_number() {
        assertThat(new NumberMemo().of("+12025550100").toString()).doesNotContain("2025550100");
    }
}
