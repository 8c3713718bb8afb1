package io.tidings.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatesTest {
    private static final int[] FRACTIONS = {1_000_000_000, 1_000_000, 1_000, 1};

    @Test
    void every_date_is_read_as_it_was_written() {
        Random random = new Random(20260615);
        for (int i = 0; i < 20_000; i++) {
            int unit = FRACTIONS[i % FRACTIONS.length];
            Instant date = Instant.ofEpochSecond(
                    random.nextLong(-62_167_219_200L, 253_402_300_800L),
                    unit == 1_000_000_000 ? 0 : (long) random.nextInt(1_000_000_000 / unit) * unit);

            assertThat(Dates.parse(date.toString())).isEqualTo(date);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-02-28T24:00:00Z",
                "2026-06-30T23:59:60Z",
                "2026-11-29T20:00:00.5Z",
                "2026-11-29T20:00:00.000000001Z",
                "2024-02-29T00:00:00Z",
                "+12026-11-29T20:00:00Z",
                "-0001-11-29T20:00:00Z",
                "2026-11-29t20:00:00z",
                "2026-11-29T21:00:00+01:00",
            })
    void other_forms_are_read_as_java_reads_them(String text) {
        assertThat(Dates.parse(text)).isEqualTo(Instant.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "2026-02-29T00:00:00Z",
                "2026-13-01T00:00:00Z",
                "2026-11-00T00:00:00Z",
                "2026-11-29T25:00:00Z",
                "2026-11-29T20:60:00Z",
                "2026-11-29T20:00:61Z",
                "2026-11-29 20:00:00Z",
                "2026-11-29T20:00:00",
                "2026-11-29T20:00:00,5Z",
                "2026-11-29T20:00:00.1234567890Z",
                "2026-11-29T20:00:00.12x4Z",
            })
    void what_is_no_date_is_refused(String text) {
        assertThatThrownBy(() -> Dates.parse(text)).isInstanceOf(DateTimeException.class);
    }
}
