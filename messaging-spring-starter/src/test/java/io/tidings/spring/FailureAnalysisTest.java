package io.tidings.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidings.message.NotConfiguredException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.diagnostics.FailureAnalysis;

class FailureAnalysisTest {
    private static final Path PAGE = Path.of("../docs/spring-errors.md");

    @ParameterizedTest
    @EnumSource(SetupProblem.Kind.class)
    void every_problem_has_a_section_that_its_analysis_names(SetupProblem.Kind kind) throws IOException {
        FailureAnalysis analysis = new SetupFailureAnalyzer()
                .analyze(new IllegalStateException(new SetupProblem(kind, "This is wrong.", "Do that.")));

        assertThat(analysis.getDescription()).isEqualTo("This is wrong.");
        assertThat(analysis.getAction()).startsWith("Do that.").endsWith("docs/spring-errors.md#" + kind.anchor());
        assertThat(Files.readString(PAGE).lines())
                .contains("## " + kind.anchor().replace('-', ' '));
    }

    @Test
    void what_core_says_of_a_setting_is_shown_without_a_stack_trace() {
        FailureAnalysis analysis = new ConfigurationFailureAnalyzer()
                .analyze(new IllegalStateException(new NotConfiguredException("the home country is not set")));

        assertThat(analysis.getDescription()).contains("the home country is not set");
        assertThat(analysis.getAction()).contains("TidingsCustomizer");
    }

    @Test
    void another_generation_of_boot_is_refused_with_a_sentence() {
        assertThatThrownBy(() -> BootGeneration.check("3.5.16"))
                .isInstanceOfSatisfying(
                        SetupProblem.class,
                        problem -> assertThat(problem.kind()).isEqualTo(SetupProblem.Kind.BOOT_GENERATION))
                .hasMessageContaining("3.5.16");
        assertThatCode(() -> BootGeneration.check(SpringBootVersion.getVersion()))
                .doesNotThrowAnyException();
        assertThatCode(() -> BootGeneration.check(null)).doesNotThrowAnyException();
    }
}
