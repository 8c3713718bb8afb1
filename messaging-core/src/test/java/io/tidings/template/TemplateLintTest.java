package io.tidings.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.tidings.template.LintFinding.Rule;
import io.tidings.template.LintFinding.Severity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplateLintTest {
    private static final TemplateLint LINT = TemplateLint.defaults();

    @TempDir
    Path folder;

    private void file(String name, String content) throws IOException {
        Files.writeString(folder.resolve(name), content);
    }

    private List<String> lint(TemplateLint lint) {
        return lint.check(folder).stream().map(LintFinding::toString).toList();
    }

    @Test
    void a_clean_folder_has_no_findings_and_can_be_read() throws IOException {
        file("ready.txt", "---\nvariable.name: Maximiliana\nsegments: 1\n---\nHi {{name}}, ready.\n");
        file("ready.es-MX.txt", "Listo, {{name}}\r\nAdios\r\n");
        file("code.txt", "Code {{code}}");
        file("README.md", "not a template {{");

        assertThat(lint(LINT)).isEmpty();
        assertThat(TemplateFolder.read(folder))
                .containsExactly(
                        TemplateDraft.of("code", "Code {{code}}"),
                        TemplateDraft.of("ready", "Hi {{name}}, ready.")
                                .with(Locale.forLanguageTag("es-MX"), "Listo, {{name}}\nAdios"));
    }

    @Test
    void bad_syntax_is_found_where_it_stands_in_the_file() throws IOException {
        file("a.txt", "---\nsegments: 1\n---\nHi\nx {{#name}}\n");

        assertThat(lint(LINT)).hasSize(1).first().asString().startsWith("a.txt:5:3 error {{# is not supported");
    }

    @Test
    void variables_are_compared_with_the_header() throws IOException {
        file("a.txt", "---\nvariable.name: Ana\nvariable.bay: 4\n---\nHi {{nmae}} {{name}}");

        assertThat(LINT.check(folder))
                .extracting(LintFinding::rule, LintFinding::line, LintFinding::column, LintFinding::severity)
                .containsExactly(
                        tuple(Rule.UNUSED_VARIABLE, 1, 1, Severity.WARNING),
                        tuple(Rule.UNKNOWN_VARIABLE, 5, 4, Severity.ERROR));
    }

    @Test
    void characters_that_force_ucs2_are_found_with_their_twins() throws IOException {
        file("a.txt", "It’s\nready…\u200b");
        file("b.txt", "Привет");
        file("c.txt", "---\nencoding: UCS-2\n---\nПривет");

        assertThat(lint(LINT))
                .containsExactly(
                        "a.txt:1:3 warning '’' (U+2019) forces UCS-2, which costs about twice; write ''' instead",
                        "a.txt:2:6 warning '…' (U+2026) forces UCS-2, which costs about twice; write '...' instead",
                        "a.txt:2:7 warning U+200B forces UCS-2, which costs about twice; leave it out",
                        "b.txt:1:1 warning 'П' (U+041F) and 5 more without a GSM-7 twin: the text travels as UCS-2;"
                                + " write 'encoding: UCS-2' in the header if that is meant");
        assertThat(lint(LINT.withSmartEncoding())).hasSize(1).first().asString().startsWith("b.txt");
    }

    @Test
    void segments_are_counted_with_the_sample_values_of_the_default_file() throws IOException {
        String sample = "x".repeat(150);
        file("a.txt", "---\nvariable.name: " + sample + "\nsegments: 1\n---\nHi {{name}}");
        file("a.es.txt", "Hola, que tal, {{name}}");
        file("b.txt", "Hi {{name}}");

        assertThat(lint(LINT))
                .hasSize(1)
                .first()
                .asString()
                .contains("a.es.txt:1:1 error")
                .contains("2 segments");
        assertThat(LINT.withMaxSegments(2).check(folder))
                .extracting(LintFinding::file, LintFinding::rule)
                .contains(tuple("b.txt", Rule.NO_SAMPLE));
    }

    @Test
    void texts_longer_than_a_provider_takes_are_errors() throws IOException {
        file("a.txt", "x".repeat(1601));

        assertThat(lint(LINT)).singleElement().asString().contains("error").contains("1601 characters");
    }

    @Test
    void trailing_blanks_are_found_and_the_last_line_break_is_the_files_own() throws IOException {
        file("a.txt", "one \ntwo\n\n");
        file("b.txt", "one\n");

        assertThat(LINT.check(folder))
                .extracting(LintFinding::file, LintFinding::line, LintFinding::column, LintFinding::rule)
                .containsExactly(
                        tuple("a.txt", 1, 4, Rule.TRAILING_BLANKS), tuple("a.txt", 2, 4, Rule.TRAILING_BLANKS));
    }

    @Test
    void missing_languages_are_errors() throws IOException {
        file("a.es.txt", "Hola");

        assertThat(lint(LINT.withLocales(Set.of(Locale.ROOT, Locale.forLanguageTag("es"), Locale.GERMAN))))
                .containsExactly(
                        "a.es.txt:1:1 error the template 'a' lacks a text for de; add its file",
                        "a.es.txt:1:1 error the template 'a' lacks the default text; add its file");
    }

    @Test
    void files_that_are_none_are_errors() throws IOException {
        file("bad name.txt", "x");
        file("a.es_MX.txt", "x");
        file("b.txt", "---\nsegments: 1\nno end");
        file("c.txt", "---\n# a comment\n\ncolour: red\n---\nx");
        file("d.txt", "---\nsegments: 1\nsegments: 2\n---\nx");
        file("e.txt", "---\nsegments: many\n---\nx");
        file("f.txt", "---\nsegments: 1\n---");
        file("g.xx-toolonglanguagetag.txt", "x");
        Files.write(folder.resolve("h.txt"), "é".getBytes(StandardCharsets.ISO_8859_1));

        List<LintFinding> findings = LINT.check(folder);

        assertThat(findings).allMatch(finding -> finding.severity() == Severity.ERROR);
        assertThat(findings.stream().map(finding -> finding.file() + ":" + finding.line()))
                .containsExactly(
                        "a.es_MX.txt:1",
                        "b.txt:1",
                        "bad name.txt:1",
                        "c.txt:4",
                        "d.txt:3",
                        "e.txt:4",
                        "f.txt:4",
                        "g.xx-toolonglanguagetag.txt:1",
                        "h.txt:1");
        assertThatThrownBy(() -> TemplateFolder.read(folder)).isInstanceOf(TemplateProblemException.class);
    }

    @Test
    void the_command_prints_findings_and_fails_a_build_on_errors() throws IOException {
        file("a.txt", "It’s");
        assertThat(run(folder.toString())).startsWith("0\na.txt:1:3 warning").endsWith("0 errors, 1 warnings\n");

        assertThat(run(folder.toString(), "--locales", "es,und", "--max-segments", "1"))
                .startsWith("1\n")
                .contains("lacks a text for es")
                .endsWith("1 errors, 1 warnings\n");
        assertThat(run(folder.toString(), "--smart-encoding")).isEqualTo("0\n0 errors, 0 warnings\n");
    }

    @Test
    void a_wrong_command_explains_itself() {
        for (String[] wrong : new String[][] {
            {},
            {folder + "/none"},
            {folder.toString(), "--locales"},
            {folder.toString(), "--locales", "e s"},
            {folder.toString(), "--max-segments", "0"},
            {folder.toString(), "--max-segments", "x"},
            {folder.toString(), folder.toString()},
            {"--unknown"}
        }) {
            assertThat(run(wrong)).startsWith("2\n").contains("usage: TemplateLintMain <folder>");
        }
    }

    private static String run(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int code = TemplateLintMain.run(List.of(args), new PrintStream(out, true, StandardCharsets.UTF_8));
        return code + "\n" + out.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }
}
