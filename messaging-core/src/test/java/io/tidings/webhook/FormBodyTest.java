package io.tidings.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.webhook.RawCallback.Parameter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormBodyTest {

    @Test
    void parameters_are_decoded_in_their_order_with_repetitions() {
        assertThat(parse("To=%2B1202&Body=h%C3%A9+%F0%9F%98%80&Empty=&Bare&a=1=2&To=x"))
                .contains(List.of(
                        new Parameter("To", "+1202"),
                        new Parameter("Body", "hé 😀"),
                        new Parameter("Empty", ""),
                        new Parameter("Bare", ""),
                        new Parameter("a", "1=2"),
                        new Parameter("To", "x")));
    }

    @Test
    void an_empty_body_has_no_parameters() {
        assertThat(parse("")).contains(List.of());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=x",
                "&",
                "a=1&",
                "&a=1",
                "a=1&&b=2",
                "a=%",
                "a=%4",
                "a=%4&b=1",
                "a=%zz",
                "a=%u0041",
                "a=%+1",
                "a=%-1",
                "a=%00",
                "%00=a",
                "a=\u0000",
                "a= b",
                "a=\n",
                "a=é",
                "a=%C0%80",
                "a=%ED%A0%80",
                "a=%FF",
                "a=%E2%82",
                "a=%F4%90%80%80",
                "a=%80",
                "%C3=1"
            })
    void what_two_decoders_could_read_differently_is_malformed(String body) {
        assertThat(parse(body)).isEmpty();
    }

    @Test
    void two_hundred_parameters_are_read_and_one_more_is_too_many() {
        assertThat(parse(many(200)).orElseThrow()).hasSize(200);
        assertThat(parse(many(201))).isEmpty();
        assertThat(parse(many(10_000))).isEmpty();
    }

    @Test
    void full_width_digits_are_no_escape() {
        assertThat(FormBody.parse("a=%\uFF14\uFF11".getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
    }

    private static String many(int count) {
        return IntStream.range(0, count).mapToObj(i -> "p" + i + "=").collect(Collectors.joining("&"));
    }

    private static Optional<List<Parameter>> parse(String body) {
        return FormBody.parse(body.getBytes(StandardCharsets.UTF_8));
    }
}
