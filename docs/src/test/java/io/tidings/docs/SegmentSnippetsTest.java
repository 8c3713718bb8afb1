package io.tidings.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.message.Channel;
import io.tidings.message.Encoding;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Segments;
import io.tidings.price.PriceBook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of docs/segments-and-cost.md. */
class SegmentSnippetsTest {

    @Test
    void one_character_forces_the_whole_text() {
        // tag::forcing
        Segments segments = Segments.of("It’s ready…");

        assertThat(segments.encoding()).isEqualTo(Encoding.UCS_2);
        assertThat(segments.count()).isEqualTo(1);
        assertThat(segments.units()).isEqualTo(11); // of 70
        assertThat(segments.remaining()).isEqualTo(59);
        assertThat(segments.forcing().get(0).grapheme()).isEqualTo("’");
        assertThat(segments.forcing().get(0).gsmTwin()).contains("'");
        // end::forcing
    }

    @Test
    void prices_come_from_a_table(@TempDir Path folder) throws IOException {
        Path path = Files.writeString(folder.resolve("prices.csv"), """
                channel,destination,from,price,currency
                SMS,US,2026-01-01,0.0079,USD
                SMS,US,2026-06-01,0.0083,USD
                """);
        PhoneNumber to = new PhoneNumber("+12025550143");
        Segments segments = Segments.of("Your car is ready.");
        // tag::prices
        PriceBook prices = PriceBook.csv(Files.newBufferedReader(path));
        LocalDate june = LocalDate.of(2026, 6, 1);

        assertThat(prices.estimate(Channel.SMS, to, segments.count(), june))
                .hasValueSatisfying(cost -> assertThat(cost).hasToString("0.0083 USD"));
        // end::prices
    }
}
