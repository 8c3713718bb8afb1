package io.tidings.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidings.message.ErrorKind;
import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import java.util.NavigableMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorCodeTableTest {
    private static final String HEADER = "code,family,kind,wait,pause,suppress,resend,explanation,advice\n";

    @Test
    void a_row_is_read_with_all_its_columns() throws IOException {
        ErrorCode row = read("30022,DELIVERY,RETRY,PT10S,sender,no,yes,\"Too fast, again.\",Slow down.\n")
                .get(30022);

        assertThat(row)
                .isEqualTo(new ErrorCode(
                        30022,
                        ErrorCode.Family.DELIVERY,
                        new Handling(
                                ErrorKind.RETRY,
                                new WaitRule.After(Duration.ofSeconds(10)),
                                Pause.Scope.SENDER,
                                false,
                                true),
                        "Too fast, again.",
                        "Slow down."));
    }

    @Test
    void a_range_fills_only_the_codes_without_a_row_of_their_own() throws IOException {
        NavigableMap<Integer, ErrorCode> rows =
                read("101-103,API,RETRY,,none,no,no,Range.,R.\n102,API,PERMANENT,,none,yes,no,Own.,O.\n");

        assertThat(rows).containsOnlyKeys(101, 102, 103);
        assertThat(rows.get(101).explanation()).isEqualTo("Range.");
        assertThat(rows.get(102).explanation()).isEqualTo("Own.");
        assertThat(rows.get(102).handling().suppressRecipient()).isTrue();
        assertThat(rows.get(103).code()).isEqualTo(103);
    }

    @Test
    void the_standard_table_is_in_the_jar() {
        assertThat(ErrorCodeTable.standard()).containsKeys(10001, 21610, 63052);
    }

    @Test
    void a_range_may_have_a_hundred_codes() throws IOException {
        assertThat(read("100-199,API,RETRY,,none,no,no,Range.,R.\n")).hasSize(100);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x,API,RETRY,,none,no,no,E.,A.|\"x\"",
                "103-101,API,RETRY,,none,no,no,E.,A.|103-101",
                "100-200,API,RETRY,,none,no,no,E.,A.|100-200",
                "1,NOWHERE,RETRY,,none,no,no,E.,A.|NOWHERE",
                "1,API,SOMETIMES,,none,no,no,E.,A.|SOMETIMES",
                "1,API,RETRY,soon,none,no,no,E.,A.|soon",
                "1,API,RETRY,,everybody,no,no,E.,A.|EVERYBODY",
                "1,API,RETRY,,none,maybe,no,E.,A.|suppress is yes or no",
                "1,API,RETRY,,none,no,,E.,A.|resend is yes or no",
                "1,API,WAIT,,none,no,no,E.,A.|WAIT needs a wait",
                "1,API,RETRY,,none,no,no,,A.|needs an explanation",
            })
    void a_bad_row_is_refused_with_its_line_and_reason(String row, String reason) {
        assertThatThrownBy(() -> read(row + "\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line 2")
                .hasMessageContaining(reason);
    }

    @Test
    void a_code_with_two_rows_is_refused() {
        assertThatThrownBy(() -> read("1,API,RETRY,,none,no,no,E.,A.\n1,API,RETRY,,none,no,no,E.,A.\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line 3")
                .hasMessageContaining("two rows");
    }

    private static NavigableMap<Integer, ErrorCode> read(String rows) throws IOException {
        return ErrorCodeTable.read(new StringReader(HEADER + rows));
    }
}
