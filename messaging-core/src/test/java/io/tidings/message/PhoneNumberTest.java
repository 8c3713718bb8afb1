package io.tidings.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneNumberTest {
    record Row(String text, String region, String expected, String note) {}

    static List<Row> corpus() throws IOException {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                PhoneNumberTest.class.getResourceAsStream("/io/tidings/message/numbers.tsv"),
                StandardCharsets.UTF_8))) {
            return reader.lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .map(line -> line.split("\t", -1))
                    .map(cells -> new Row(unescape(cells[0]), cells[1], cells[2], cells[3]))
                    .toList();
        }
    }

    private static String unescape(String text) {
        return Pattern.compile("\\\\u([0-9a-f]{4})")
                .matcher(text.replace("\\t", "\t").replace("\\n", "\n"))
                .replaceAll(
                        match -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(match.group(1), 16))));
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void the_corpus_is_read_as_written_beside_it(Row row) {
        if (row.expected().startsWith("+")) {
            PhoneNumber number = PhoneNumber.parse(row.text(), row.region());
            assertThat(number.e164()).as(row.note()).isEqualTo(row.expected());
            assertThat(PhoneNumber.parse(number.e164(), "US")).isEqualTo(number);
        } else {
            assertThatThrownBy(() -> PhoneNumber.parse(row.text(), row.region()))
                    .as(row.note())
                    .isInstanceOf(InvalidNumberException.class)
                    .hasMessageContaining(row.expected());
        }
    }

    @Property
    void parsing_a_result_again_changes_nothing(@ForAll("likely") String text, @ForAll("regions") String region) {
        Object result = parseOrRefuse(text, region);

        if (result instanceof PhoneNumber number) {
            assertThat(PhoneNumber.parse(number.e164(), region)).isEqualTo(number);
            assertThat(PhoneNumber.parse(number.e164(), "JP")).isEqualTo(number);
            assertThat(number.isPossible()).isTrue();
        }
    }

    @Property
    void any_text_is_a_number_or_a_typed_refusal_that_keeps_it_secret(
            @ForAll("anything") String text, @ForAll("regions") String region) {
        Object result = parseOrRefuse(text, region);

        if (result instanceof InvalidNumberException refusal && text.strip().length() > 5) {
            assertThat(refusal.getMessage()).doesNotContain(text.strip());
            assertThat(refusal.getCause()).isNull();
        }
    }

    private static Object parseOrRefuse(String text, String region) {
        try {
            return PhoneNumber.parse(text, region);
        } catch (InvalidNumberException e) {
            return e;
        }
    }

    @Provide
    Arbitrary<String> likely() {
        Arbitrary<String> digits =
                Arbitraries.strings().numeric().ofMinLength(5).ofMaxLength(14);
        Arbitrary<String> prefixes = Arbitraries.of(
                "",
                "+",
                "00",
                "0",
                "+1",
                "+44",
                "+44 (0)",
                "+49",
                "+39",
                "+39 0",
                "+52",
                "+52 1",
                "+52 044",
                "+54 9",
                "+54 11 15",
                "+55 0 15",
                "+7 8",
                "+225",
                "+229",
                "011",
                "8",
                "1",
                "15");
        return Combinators.combine(prefixes, digits).as((prefix, rest) -> prefix + rest);
    }

    @Provide
    Arbitrary<String> anything() {
        return Arbitraries.oneOf(
                Arbitraries.strings().all().ofMaxLength(80),
                Arbitraries.strings()
                        .withChars("0123456789+-() .٠١٢٣\u200b\u200fxE#;")
                        .ofMaxLength(30));
    }

    @Provide
    Arbitrary<String> regions() {
        return Arbitraries.of("US", "GB", "DE", "IT", "MX", "AR", "BR", "CI", "BJ", "SA", "RU", "IN", "JP", "SM");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "+", "12025550100", "+02025550100", "+12345", "+1234567890123456", "+1 202 555 0100", "x"})
    void the_constructor_takes_nothing_but_e164(String text) {
        assertThatThrownBy(() -> new PhoneNumber(text))
                .isInstanceOf(InvalidNumberException.class)
                .hasMessageContaining("PhoneNumber.parse");
    }

    @ParameterizedTest
    @CsvSource({
        "+12025550100, US, FIXED_LINE_OR_MOBILE, true",
        "+14165550123, CA, FIXED_LINE_OR_MOBILE, true",
        "+447400123456, GB, MOBILE, true",
        "+442079460018, GB, FIXED_LINE, true",
        "+18005550100, US, TOLL_FREE, true",
        "+19005551234, US, PREMIUM_RATE, true",
        "+442030000000, GB, FIXED_LINE, true",
        "+445612345678, GB, VOIP, true",
        "+447012345678, GB, PERSONAL, true",
        "+881612345678, none, MOBILE, true",
        "+80012345678, none, TOLL_FREE, true",
        "+10000000000, US, UNKNOWN, false",
        "+9991234567, none, UNKNOWN, false",
    })
    void the_plan_tells_region_kind_and_validity(String e164, String region, PhoneNumber.Kind kind, boolean valid) {
        PhoneNumber number = new PhoneNumber(e164);

        assertThat(number.region().orElse("none")).isEqualTo(region);
        assertThat(number.kind()).isEqualTo(kind);
        assertThat(number.isValid()).isEqualTo(valid);
    }

    @Test
    void a_possible_number_that_no_plan_has_is_read_but_not_valid() {
        PhoneNumber number = PhoneNumber.parse("000-000-0000", "US");

        assertThat(number.isPossible()).isTrue();
        assertThat(number.isValid()).isFalse();
        assertThat(number.callingCode()).isEqualTo(1);
    }

    @Test
    void an_unknown_region_is_a_mistake_of_the_caller() {
        assertThatThrownBy(() -> PhoneNumber.parse("+12025550100", "UK"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'UK'")
                .hasMessageContaining("GB");
        assertThat(PhoneNumber.parse("020 7946 0018", "gb").e164()).isEqualTo("+442079460018");
    }

    @Test
    void without_a_default_region_only_international_forms_are_read() {
        assertThat(PhoneNumber.parse("+1 202 555 0100", "ZZ").e164()).isEqualTo("+12025550100");
        assertThat(PhoneNumber.parse("0044 20 7946 0018", "ZZ").e164()).isEqualTo("+442079460018");
        assertThatThrownBy(() -> PhoneNumber.parse("202 555 0100", "ZZ"))
                .isInstanceOf(InvalidNumberException.class)
                .hasMessageContaining("write + and the country code first");
        assertThatThrownBy(() -> PhoneNumber.parse("0044 20 7946 0018 / 1", "ZZ"))
                .isInstanceOf(InvalidNumberException.class);
    }

    @Test
    void seven_to_fifteen_digits_are_a_number_and_no_more_or_fewer() {
        assertThat(new PhoneNumber("+1234567").e164()).hasSize(8);
        assertThat(new PhoneNumber("+123456789012345").e164()).hasSize(16);
        assertThatThrownBy(() -> new PhoneNumber("+123456")).isInstanceOf(InvalidNumberException.class);
        assertThatThrownBy(() -> new PhoneNumber("+1234567890123456")).isInstanceOf(InvalidNumberException.class);
    }

    @Test
    void a_number_too_short_for_its_country_is_not_possible() {
        assertThat(new PhoneNumber("+12025550123").isPossible()).isTrue();
        assertThat(new PhoneNumber("+12025550").isPossible()).isFalse();
    }

    @Test
    void it_prints_itself_masked() {
        assertThat(new PhoneNumber("+12025550123")).hasToString("+1********23");
        assertThat(new PhoneNumber("+2902012")).hasToString("+*****12");
    }

    @Test
    void no_refusal_repeats_the_number_or_keeps_a_cause() throws IOException {
        for (Row row : corpus()) {
            Throwable refusal = catchThrowable(() -> PhoneNumber.parse(row.text(), row.region()));
            if (refusal != null && row.text().strip().length() > 4) {
                assertThat(refusal.toString()).doesNotContain(row.text().strip());
                assertThat(refusal.getCause()).isNull();
            }
        }
    }
}
