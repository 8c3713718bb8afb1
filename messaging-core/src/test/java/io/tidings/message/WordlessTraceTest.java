package io.tidings.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WordlessTraceTest {

    @Test
    void it_keeps_kinds_and_places_and_none_of_the_words() {
        Exception thrown = new IllegalStateException(
                "the number +12025550123", new IllegalArgumentException("Your code is 481516"));

        StringWriter printed = new StringWriter();
        WordlessTrace.of(thrown).printStackTrace(new PrintWriter(printed, true));

        assertThat(printed.toString())
                .contains("IllegalStateException", "Caused by", "IllegalArgumentException", "WordlessTraceTest.java")
                .doesNotContain("2025550123", "481516");
        assertThat(WordlessTrace.of(thrown).getStackTrace()).isEqualTo(thrown.getStackTrace());
    }

    @Test
    void a_chain_of_causes_ends_at_the_tenth() {
        Exception thrown = new IllegalStateException();
        for (int i = 0; i < 30; i++) {
            thrown = new IllegalStateException(thrown);
        }

        assertThat(Stream.<Throwable>iterate(WordlessTrace.of(thrown), one -> one != null, Throwable::getCause))
                .hasSize(10);
    }
}
