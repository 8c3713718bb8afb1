package io.tidings.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidings.message.ErrorKind;
import io.tidings.message.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorCodesTest {
    private static final Instant NOON = Instant.parse("2026-11-21T20:00:00Z");

    static Collection<ErrorCode> all() {
        return ErrorCodes.standard().all();
    }

    @ParameterizedTest
    @MethodSource("all")
    void every_row_is_well_formed(ErrorCode row) {
        assertThat(row.code()).isBetween(10_000, 99_999);
        assertThat(row.family()).isNotEqualTo(ErrorCode.Family.UNLISTED);
        for (String words : List.of(row.explanation(), row.advice())) {
            assertThat(words).hasSizeBetween(10, 200).matches("[A-Z].*[.]").doesNotContain("|", "  ");
            assertThat(words).as("no phone numbers").doesNotContainPattern("\\d{7}|\\+\\d");
        }
        assertThat(row.failure()).isEqualTo(new Failure(row.code(), row.kind(), row.explanation(), row.advice()));
    }

    @ParameterizedTest
    @MethodSource("all")
    void every_row_is_consistent_with_itself(ErrorCode row) {
        Handling handling = row.handling();
        List<ErrorKind> passing = List.of(ErrorKind.RETRY, ErrorKind.RETRY_LATER, ErrorKind.WAIT);
        Duration wait = handling.leastWait().from(NOON);
        if (handling.suppressRecipient()) {
            assertThat(row.kind()).isEqualTo(ErrorKind.PERMANENT);
        }
        if (handling.resendUndelivered()) {
            assertThat(row.kind()).isIn(passing);
            assertThat(row.family()).isIn(ErrorCode.Family.DELIVERY, ErrorCode.Family.CHANNEL);
        }
        if (handling.pause() == Pause.Scope.SENDER) {
            assertThat(row.kind()).isEqualTo(ErrorKind.RETRY);
            assertThat(wait).isPositive();
        }
        if (handling.pause() == Pause.Scope.ACCOUNT) {
            assertThat(row.kind()).isEqualTo(ErrorKind.CONFIGURATION);
        }
        if (row.kind() == ErrorKind.WAIT) {
            assertThat(wait).isBetween(Duration.ofMinutes(1), Duration.ofHours(25));
        } else if (!wait.isZero()) {
            assertThat(passing.contains(row.kind()) || handling.pause() != Pause.Scope.NONE)
                    .isTrue();
        }
    }

    @Test
    void the_file_has_a_row_for_all_that_twilio_is_known_to_send() throws IOException {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                ErrorCodes.class.getResourceAsStream("error-codes.csv"), StandardCharsets.UTF_8))) {
            assertThat(reader.lines().count()).isGreaterThanOrEqualTo(1 + 290);
        }
        assertThat(ErrorCodes.standard().all()).hasSizeGreaterThan(500);
    }

    @Test
    void rows_come_in_ascending_order_and_only_once() {
        assertThat(ErrorCodes.standard().all())
                .extracting(ErrorCode::code)
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 199, 9_999, 21_215_000, 30_044, 99_999, Integer.MAX_VALUE})
    void an_unknown_code_is_parked_for_an_operator_and_keeps_its_number(int code) {
        ErrorCode row = ErrorCodes.standard().of(code);

        assertThat(ErrorCodes.standard().contains(code)).isFalse();
        assertThat(row.code()).isEqualTo(code);
        assertThat(row.family()).isEqualTo(ErrorCode.Family.UNLISTED);
        assertThat(row.handling()).isEqualTo(Handling.of(ErrorKind.CONFIGURATION));
        assertThat(row.explanation()).contains("does not know");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void no_code_at_all_is_parked_for_an_operator(int code) {
        ErrorCode row = ErrorCodes.standard().of(code);

        assertThat(row.code()).isZero();
        assertThat(row.kind()).isEqualTo(ErrorKind.CONFIGURATION);
        assertThat(row.explanation()).contains("no error code");
    }

    @Test
    void a_host_can_override_a_row_without_touching_the_standard_table() {
        ErrorCode unregistered = ErrorCodes.standard().of(30034);
        ErrorCode ours = unregistered
                .withHandling(Handling.of(ErrorKind.RETRY_LATER))
                .withWords("Being registered by our telecoms team.", "Ask them.");

        ErrorCodes codes = ErrorCodes.standard().with(ours);

        assertThat(codes.of(30034)).isEqualTo(ours).isNotEqualTo(unregistered);
        assertThat(codes.of(30034).family()).isEqualTo(ErrorCode.Family.DELIVERY);
        assertThat(ErrorCodes.standard().of(30034)).isEqualTo(unregistered);
        assertThat(codes.all()).hasSameSizeAs(ErrorCodes.standard().all());
    }

    @Test
    void a_host_can_add_a_row() {
        ErrorCode added = new ErrorCode(
                99_001, ErrorCode.Family.API, Handling.of(ErrorKind.RETRY), "Our proxy was busy.", "Wait.");

        ErrorCodes codes = ErrorCodes.standard().with(added);

        assertThat(codes.of(99_001)).isEqualTo(added);
        assertThat(codes.contains(99_001)).isTrue();
    }

    @Test
    void the_table_cannot_be_changed_from_outside() {
        assertThatThrownBy(() -> ErrorCodes.standard().all().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void a_row_needs_words_and_a_sensible_code() {
        Handling handling = Handling.of(ErrorKind.RETRY);
        assertThatThrownBy(() -> new ErrorCode(-1, ErrorCode.Family.API, handling, "What", "Do"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
        assertThatThrownBy(() -> new ErrorCode(1, ErrorCode.Family.API, handling, " ", "Do"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("needs an explanation");
        assertThatThrownBy(() -> new ErrorCode(1, ErrorCode.Family.API, handling, "What", ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("needs an explanation");
    }

    @Test
    void every_family_of_the_table_has_a_title_and_rows() {
        for (ErrorCode.Family family : ErrorCode.Family.values()) {
            assertThat(family.title()).isNotBlank();
            assertThat(all().stream().anyMatch(row -> row.family() == family))
                    .isEqualTo(family != ErrorCode.Family.UNLISTED);
        }
    }

    @Test
    void any_number_has_a_row() {
        SplittableRandom random = new SplittableRandom(20_429);
        for (int i = 0; i < 100_000; i++) {
            int code = i % 2 == 0 ? random.nextInt() : random.nextInt(70_000);
            ErrorCode row = ErrorCodes.standard().of(code);
            assertThat(row.code()).isEqualTo(Math.max(code, 0));
        }
    }
}
