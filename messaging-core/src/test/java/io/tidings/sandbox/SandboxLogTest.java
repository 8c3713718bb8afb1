package io.tidings.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxLogTest {
    @TempDir
    private Path folder;

    @Test
    void the_file_holds_what_the_memory_holds_and_can_be_read_by_another_process() throws IOException {
        Path file = folder.resolve("truth.log");
        List<LogEntry> memory;
        try (Receiver receiver = new Receiver();
                Sandbox sandbox = SteppedSandbox.builder().logFile(file).start()) {
            Api api = new Api(sandbox);
            api.create(
                    "To",
                    SteppedSandbox.TO,
                    "From",
                    SteppedSandbox.FROM,
                    "Body",
                    "token-1 “x”\n",
                    "StatusCallback",
                    receiver.url("/"));
            api.create("To", "nobody", "From", SteppedSandbox.FROM, "Body", "token-2");
            sandbox.advance(SteppedSandbox.LIFETIME);
            memory = sandbox.log().entries();
        }
        Files.writeString(file, "{\"kind\":\"Requ", StandardCharsets.UTF_8, StandardOpenOption.APPEND);

        SandboxLog read = SandboxLog.read(file);
        assertThat(memory).hasSize(5);
        assertThat(read.entries()).isEqualTo(memory);
        assertThat(read.acceptedContaining("token-1")).hasSize(1);
        assertThat(read.acceptedContaining("token-2")).isEmpty();
        assertThat(read.acceptedTo(SteppedSandbox.TO)).hasSize(1);
        assertThat(read.acceptedByBody()).containsEntry("token-1 “x”\n", 1).hasSize(1);
        assertThat(read.entriesAfter(4)).hasSize(1);
        assertThat(read.callbacks()).hasSize(2);
    }

    @Test
    void an_entry_is_there_before_its_answer() {
        try (Sandbox sandbox = SteppedSandbox.builder().start()) {
            Api api = new Api(sandbox);
            for (int i = 1; i <= 50; i++) {
                api.create("To", SteppedSandbox.TO, "From", SteppedSandbox.FROM, "Body", "n" + i);
                assertThat(sandbox.log().accepted()).hasSize(i);
            }
            assertThat(sandbox.log().reads()).isZero();
            api.get(api.messages());
            assertThat(sandbox.log().reads()).isEqualTo(1);
        }
    }

    @Test
    void the_densest_window_counts_segments_of_one_sender_and_leaves_its_far_edge_out() {
        try (Sandbox sandbox = SteppedSandbox.builder().sender("+12025550101").start()) {
            Api api = new Api(sandbox);
            int[] gapsMillis = {0, 0, 400, 599, 1, 1000};
            for (int gap : gapsMillis) {
                sandbox.advance(Duration.ofMillis(gap));
                api.create("To", SteppedSandbox.TO, "From", SteppedSandbox.FROM, "Body", "a".repeat(161));
            }
            api.create("To", SteppedSandbox.TO, "From", "+12025550101", "Body", "other");

            assertThat(sandbox.log().densest(SteppedSandbox.FROM, Duration.ofSeconds(1)))
                    .isEqualTo(8);
            assertThat(sandbox.log().densest(SteppedSandbox.FROM, Duration.ofMillis(2)))
                    .isEqualTo(4);
            assertThat(sandbox.log().densest("+12025550101", Duration.ofSeconds(1)))
                    .isEqualTo(1);
        }
    }

    @Test
    void no_entry_prints_a_number_or_a_text() {
        try (Sandbox sandbox = SteppedSandbox.builder().start()) {
            Api api = new Api(sandbox);
            api.create("To", SteppedSandbox.TO, "From", SteppedSandbox.FROM, "Body", "canary");
            sandbox.reply(SteppedSandbox.TO, SteppedSandbox.FROM, "canary");
            sandbox.advance(SteppedSandbox.LIFETIME);

            assertThat(sandbox.log().entries().toString() + sandbox.messages())
                    .doesNotContain("canary", SteppedSandbox.TO, SteppedSandbox.FROM, "5550123")
                    .contains("***23", "[6 characters]");
        }
    }

    @Test
    void a_log_that_cannot_be_written_says_so() {
        SandboxBuilder builder = SteppedSandbox.builder().logFile(folder.resolve("no/such/folder/truth.log"));

        assertThatThrownBy(builder::start)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("writable folder");
    }
}
