package io.tidings.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
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
    void a_number_asked_about_again_is_not_looked_up_again() {
        NumberMemo memo = new NumberMemo();
        for (int i = 0; i < 100; i++) {
            String number = String.format("+1202555%04d", i);
            assertThat(memo.of(number)).isSameAs(memo.of(number));
        }
    }

    @Test
    void neighbouring_numbers_have_places_of_their_own() {
        NumberMemo memo = new NumberMemo();
        List<NumberMemo.Known> first = IntStream.range(0, 100)
                .mapToObj(i -> memo.of(String.format("+1202555%04d", i)))
                .toList();

        assertThat(IntStream.range(0, 100)
                        .filter(i -> memo.of(String.format("+1202555%04d", i)) == first.get(i))
                        .count())
                .isGreaterThan(90);
    }

    @Test
    void it_prints_no_number() {
        assertThat(new NumberMemo().of("+12025550100").toString())
                .contains("region")
                .doesNotContain("2025550100");
    }
}
