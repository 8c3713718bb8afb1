package io.tidings.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SegmentCountTest {
    @ParameterizedTest
    @CsvSource({"a,160,1", "a,161,2", "a,306,2", "a,307,3", "€,80,1", "€,81,2", "€,152,2", "€,153,3"})
    void counts_gsm7_in_septets_and_never_splits_an_extension_character(String unit, int times, int segments) {
        assertThat(SegmentCount.of(unit.repeat(times))).isEqualTo(segments);
    }

    @ParameterizedTest
    @CsvSource({"я,70,1", "я,71,2", "я,134,2", "я,135,3", "😀,35,1", "😀,36,2", "😀,66,2", "😀,67,3"})
    void counts_everything_else_in_utf16_units_and_never_splits_a_grapheme(String unit, int times, int segments) {
        assertThat(SegmentCount.of(unit.repeat(times))).isEqualTo(segments);
    }

    @Test
    void one_character_outside_gsm7_makes_the_whole_text_ucs2() {
        assertThat(SegmentCount.of("a".repeat(100))).isEqualTo(1);
        assertThat(SegmentCount.of("a".repeat(99) + "“")).isEqualTo(2);
        assertThat(SegmentCount.of("a".repeat(99) + "`")).isEqualTo(2);
    }

    @Test
    void a_line_end_counts_two_and_an_empty_text_one_segment() {
        assertThat(SegmentCount.of("\r\n".repeat(80))).isEqualTo(1);
        assertThat(SegmentCount.of("\r\n".repeat(81))).isEqualTo(2);
        assertThat(SegmentCount.of("")).isEqualTo(1);
    }

    @Test
    void a_grapheme_longer_than_a_part_is_split_after_all() {
        assertThat(SegmentCount.of("e" + "\u0301".repeat(200))).isEqualTo(3);
    }

    @Test
    void smart_encoding_brings_typographic_text_back_to_gsm7() {
        assertThat(SmartEncoding.apply("“It’s” – 1½…\u200b\u00a0")).isEqualTo("\"It's\" - 11/2... ");
    }
}
