package io.tidings.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceParentTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";

    @Test
    void the_header_is_read_as_it_is_written() {
        TraceParent recorded = new TraceParent(TRACE, SPAN, true);
        TraceParent other = new TraceParent(TRACE, SPAN, false);

        assertThat(recorded).hasToString("00-" + TRACE + "-" + SPAN + "-01");
        assertThat(TraceParent.parse(recorded.toString())).contains(recorded);
        assertThat(TraceParent.parse(other.toString())).contains(other);
    }

    @Test
    void a_later_version_is_read_as_far_as_it_is_known() {
        assertThat(TraceParent.parse("cc-" + TRACE + "-" + SPAN + "-03-what-comes-next"))
                .contains(new TraceParent(TRACE, SPAN, true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0g"
            })
    void what_the_standard_says_to_ignore_is_ignored(String header) {
        assertThat(TraceParent.parse(header)).isEmpty();
    }

    @Test
    void ids_of_zeros_name_nothing() {
        assertThatThrownBy(() -> new TraceParent("0".repeat(32), SPAN, true))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TraceParent(TRACE, "0".repeat(16), true))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
