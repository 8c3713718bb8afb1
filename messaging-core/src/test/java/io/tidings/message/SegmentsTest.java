package io.tidings.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SegmentsTest {
    @ParameterizedTest
    @CsvSource({
        "a, 160, GSM_7, 1, 160, 0",
        "a, 161, GSM_7, 2, 161, 145",
        "a, 306, GSM_7, 2, 306, 0",
        "a, 307, GSM_7, 3, 307, 152",
        "€, 80, GSM_7, 1, 160, 0",
        "€, 81, GSM_7, 2, 162, 143",
        "ç, 70, UCS_2, 1, 70, 0",
        "ç, 71, UCS_2, 2, 71, 63",
        "😀, 35, UCS_2, 1, 70, 0",
        "😀, 36, UCS_2, 2, 72, 61",
        "😀, 66, UCS_2, 2, 132, 1",
        "😀, 67, UCS_2, 3, 134, 65",
    })
    void the_edges_of_the_parts(String unit, int times, Encoding encoding, int count, int units, int remaining) {
        Segments segments = Segments.of(unit.repeat(times));

        assertThat(segments.encoding()).isEqualTo(encoding);
        assertThat(segments.count()).isEqualTo(count);
        assertThat(segments.units()).isEqualTo(units);
        assertThat(segments.remaining()).isEqualTo(remaining);
    }

    @Test
    void an_escaped_character_is_not_split_over_two_parts() {
        Segments segments = Segments.of("a".repeat(152) + "€".repeat(77));

        assertThat(segments.units()).isEqualTo(306);
        assertThat(segments.count()).isEqualTo(3);
    }

    @Test
    void a_line_break_of_two_characters_counts_as_two() {
        assertThat(Segments.of("\r\n").units()).isEqualTo(2);
    }

    @Test
    void the_longest_text_of_the_clumsiest_graphemes_has_at_most_47_parts() {
        String grapheme = "e" + "\u0301".repeat(33);

        Segments segments = Segments.of(grapheme.repeat(48).substring(0, MessageBody.MAX_LENGTH));

        assertThat(segments.count()).isBetween(46, 47);
    }

    @Test
    void an_empty_text_is_one_empty_part_as_in_twilios_calculator() {
        assertThat(Segments.of("")).isEqualTo(new Segments(Encoding.GSM_7, 1, 0, 160, List.of()));
    }

    @Test
    void the_characters_that_force_ucs2_are_named_once_with_place_count_and_twin() {
        Segments segments = Segments.of("It’s Ana’s 🎉 turn…");

        assertThat(segments.encoding()).isEqualTo(Encoding.UCS_2);
        assertThat(segments.forcing())
                .containsExactly(
                        new ForcingCharacter("’", 2, 2),
                        new ForcingCharacter("🎉", 11, 1),
                        new ForcingCharacter("…", 18, 1));
        assertThat(segments.forcing().get(0).codePoints()).isEqualTo("U+2019");
        assertThat(segments.forcing().get(0).codePoint()).isEqualTo(0x2019);
        assertThat(segments.forcing().stream().map(ForcingCharacter::gsmTwin).map(twin -> twin.orElse("none")))
                .containsExactly("'", "none", "...");
    }

    @ParameterizedTest
    @CsvSource({
        "á, a",
        "ç, c",
        "ő, o",
        "e\u0301, é",
        "n\u0303, ñ",
        "ﬁ, fi",
        "½, 1/2",
        "—, -",
        "\u00a0, ' '",
        "\u200b, ''",
        "`, ''''",
        "Ａ, A",
        "ж, none",
        "中, none",
        "😀, none",
        "1️⃣, none",
    })
    void the_twin_is_what_a_reader_would_accept(String character, String twin) {
        assertThat(new ForcingCharacter(character, 0, 1).gsmTwin().orElse("none"))
                .isEqualTo(twin);
    }

    @Test
    void smart_encoding_makes_one_part_of_two() {
        String text = "“" + "a".repeat(100) + "”";

        assertThat(Segments.of(text).count()).isEqualTo(2);
        assertThat(Segments.of(text, true)).isEqualTo(Segments.of('"' + "a".repeat(100) + '"'));
    }

    @Test
    void smart_encoding_returns_the_same_text_if_nothing_is_to_replace() {
        String text = "Plain, with ñ and €";

        assertThat(SmartEncoding.apply(text)).isSameAs(text);
        assertThat(SmartEncoding.apply("a…b\u200bc\u00a0d")).isEqualTo("a...bc  d");
    }

    @Test
    void printing_segments_shows_no_character_of_the_text() {
        assertThat(Segments.of("пароль 4711").toString()).doesNotContain("п").contains("forcing=6");
    }

    @Test
    void a_cluster_of_a_million_marks_is_counted_in_linear_time() {
        String text = "z" + "\u0300".repeat(1_000_000);

        assertTimeout(
                Duration.ofSeconds(5),
                () -> assertThat(Segments.of(text).units()).isEqualTo(1_000_001));
    }

    @Property
    void any_text_is_counted(@ForAll("texts") String text) {
        Segments segments = Segments.of(text);

        int capacity = segments.encoding().capacity(segments.count());
        assertThat(segments.count()).isPositive();
        assertThat(segments.remaining()).isBetween(0, capacity);
        assertThat(segments.units()).isGreaterThanOrEqualTo(text.length());
        assertThat(segments.forcing().isEmpty()).isEqualTo(segments.encoding() == Encoding.GSM_7);
        assertThat(segments.count() * capacity + longestCluster(text))
                .isGreaterThanOrEqualTo(segments.units() + segments.remaining());
    }

    @Property
    void more_text_never_costs_less(@ForAll("texts") String text, @ForAll("texts") String more) {
        assertThat(Segments.of(text + more).count())
                .isGreaterThanOrEqualTo(Segments.of(text).count());
    }

    @Property
    void each_forcing_character_stands_where_it_says(@ForAll("texts") String text) {
        for (ForcingCharacter character : Segments.of(text).forcing()) {
            assertThat(text.startsWith(character.grapheme(), character.position()))
                    .isTrue();
            character
                    .gsmTwin()
                    .ifPresent(twin -> assertThat(Segments.of(twin).encoding()).isEqualTo(Encoding.GSM_7));
        }
    }

    @Property
    void replacing_every_character_by_its_twin_or_nothing_gives_gsm7(@ForAll("texts") String text) {
        List<String> clusters = Graphemes.split(text);

        assertThat(String.join("", clusters)).isEqualTo(text);
        String replaced = clusters.stream()
                .map(cluster -> new ForcingCharacter(cluster, 0, 1).gsmTwin().orElse(""))
                .collect(Collectors.joining());
        assertThat(Segments.of(replaced).encoding()).isEqualTo(Encoding.GSM_7);
    }

    @Property
    void smart_encoding_is_idempotent(@ForAll("texts") String text) {
        String once = SmartEncoding.apply(text);

        assertThat(SmartEncoding.apply(once)).isEqualTo(once);
    }

    @Property
    void a_plain_text_of_n_letters_has_the_parts_of_the_textbook(@ForAll @IntRange(min = 1, max = 1600) int length) {
        assertThat(Segments.of("x".repeat(length)).count()).isEqualTo(length <= 160 ? 1 : (length + 152) / 153);
        assertThat(Segments.of("х".repeat(length)).count()).isEqualTo(length <= 70 ? 1 : (length + 66) / 67);
    }

    private static int longestCluster(String text) {
        return Graphemes.split(text).stream().mapToInt(String::length).max().orElse(0) + 2;
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> likely = Arbitraries.of(
                        "a", "B", " ", "€", "^", "é", "’", "…", "ç", "ж", "中", "😀", "🇩🇪", "👩‍🚀", "e\u0301", "\r\n",
                        "\u200d", "🏽", "\ud800", "\udc00", "\u0600", "가")
                .list()
                .ofMaxSize(200)
                .map(parts -> String.join("", parts));
        return Arbitraries.oneOf(likely, Arbitraries.strings().all().ofMaxLength(400));
    }

    @Property(tries = 200)
    void gsm_septets_agree_with_the_table(@ForAll @StringLength(max = 300) String text) {
        int septets = text.chars().map(c -> Gsm7.septets((char) c)).sum();

        assertThat(Segments.of(text).encoding() == Encoding.GSM_7).isEqualTo(Gsm7.covers(text));
        if (Gsm7.covers(text)) {
            assertThat(Segments.of(text).units()).isEqualTo(septets);
        }
    }
}
