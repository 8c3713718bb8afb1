package io.tidings.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.test.SteppableTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RepeatedTest {

    @Test
    void the_first_is_said_at_once_and_the_others_are_counted_and_said_every_ten_seconds() {
        SteppableTime time = new SteppableTime();
        Repeated repeated = new Repeated(time::nanos);
        List<Long> said = new ArrayList<>();

        repeated.happened(said::add);
        for (int i = 0; i < 500; i++) {
            repeated.happened(said::add);
        }
        assertThat(said).containsExactly(1L);

        time.forward(Duration.ofSeconds(10));
        repeated.happened(said::add);
        assertThat(said).containsExactly(1L, 501L);

        time.forward(Duration.ofSeconds(9));
        repeated.happened(said::add);
        assertThat(said).hasSize(2);
    }
}
