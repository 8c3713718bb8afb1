package io.tidings.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidings.template.TemplateProblemException.Kind;
import io.tidings.template.TemplateProblemException.Place;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {
    private static final TemplateRef REF = new TemplateRef("order-ready", 3, Locale.forLanguageTag("es-MX"));

    private static Template template(String text) {
        return Template.of(REF, text);
    }

    @Test
    void variables_are_replaced_by_their_values() {
        Template template = template("Hi {{name}}, bay {{ bay }}.\nBye {{name}}");

        assertThat(template.variables()).containsExactly("name", "bay");
        assertThat(template.render(Map.of("name", "Ana", "bay", "4"))).isEqualTo("Hi Ana, bay 4.\nBye Ana");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{name}}",
                "{{other}}",
                "{{#name}}",
                "<b>&\"'",
                "${name}",
                "#{1+1}",
                "%s",
                "$1\\",
                "\u0000",
                "",
                "😀"
            })
    void values_are_put_in_as_they_are_and_never_read_again(String value) {
        assertThat(template("a{{name}}b{{other}}c").render(Map.of("name", value, "other", "x")))
                .isEqualTo("a" + value + "bxc");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "}", "a { b } c", "{ {name} }", "{\"json\": 1}", "{}", "$name", "#name#", "{a}"})
    void single_braces_and_other_signs_are_text(String text) {
        assertThat(template(text).render(Map.of())).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "{{#a}}x{{/a}}|1|1|{{# is not supported",
                "ok {{^a}}x{{/a}}|1|4|{{^ is not supported",
                "x{{/a}}|1|2|{{/ is not supported",
                "x\\ny {{> file}}|2|3|{{> is not supported",
                "x {{{a}}}|1|3|{{{ is not supported",
                "x {{&a}}|1|3|{{& is not supported",
                "x {{! note}}|1|3|{{! is not supported",
                "x {{=<% %>=}}|1|3|{{= is not supported",
                "x {{<parent}}|1|3|{{< is not supported",
                "x {{$block}}|1|3|{{$ is not supported",
                "a\\nb\\nc {{name|3|3|without }}",
                "a {{na\\nme}}|1|3|without }}",
                "a {{|1|3|without }}",
                "a }} b|1|3|}} without {{",
                "{{}}|1|1|one variable",
                "{{ }}|1|1|one variable",
                "{{a b}}|1|1|one variable",
                "{{a.b}}|1|1|one variable",
                "{{.}}|1|1|one variable",
                "{{this}}|1|1|one variable",
                "{{-first}}|1|1|one variable",
                "{{1a}}|1|1|one variable",
                "{{naïve}}|1|1|one variable",
                "{{ #a}}|1|1|one variable",
                "{{a{{b}}|1|1|one variable",
                "{{a}}}|1|6|third }",
            })
    void everything_but_a_variable_is_refused_with_its_place(String text, int line, int column, String part) {
        TemplateProblemException problem =
                catchThrowableOfType(TemplateProblemException.class, () -> template(text.replace("\\n", "\n")));

        assertThat(problem.kind()).isEqualTo(Kind.SYNTAX);
        assertThat(problem.place()).contains(new Place(line, column));
        assertThat(problem)
                .hasMessageContaining("template order-ready@3/es-MX, line " + line + ", column " + column + ": ")
                .hasMessageContaining(part);
    }

    @Test
    void a_missing_variable_is_named_with_its_place_and_no_value() {
        Template template = template("Hi {{name}}\nbay {{bay}}");

        TemplateProblemException problem =
                catchThrowableOfType(TemplateProblemException.class, () -> template.render(Map.of("name", "Ana-4711")));

        assertThat(problem.kind()).isEqualTo(Kind.MISSING_VARIABLE);
        assertThat(problem.variable()).contains("bay");
        assertThat(problem.place()).contains(new Place(2, 5));
        assertThat(problem.template()).isEqualTo("order-ready@3/es-MX");
        assertThat(problem.getMessage()).doesNotContain("4711").contains("'bay' has no value");
    }

    @Test
    void empty_and_endless_texts_are_refused() {
        assertThatThrownBy(() -> template(" \n")).hasMessageContaining("empty");
        assertThatThrownBy(() -> template("x".repeat(10_001)))
                .isInstanceOf(TemplateProblemException.class)
                .hasMessageContaining("10001");
    }

    @Test
    void references_check_their_parts_and_print_shortly() {
        assertThat(REF).hasToString("order-ready@3/es-MX");
        assertThat(new TemplateRef("a", 1, Locale.ROOT)).hasToString("a@1");
        assertThat(template("x {{secret}}")).hasToString("Template[order-ready@3/es-MX]");
        assertThatThrownBy(() -> new TemplateRef("a", 0, Locale.ROOT)).hasMessageContaining("from 1");
        for (String bad : new String[] {"", "a.b", "-a", "a b", "ä", "../a", "a".repeat(65)}) {
            assertThatThrownBy(() -> new TemplateRef(bad, 1, Locale.ROOT))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("template's name");
        }
    }
}
