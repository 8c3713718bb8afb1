package io.tidings.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidings.message.Content;
import io.tidings.message.InvalidContentException;
import io.tidings.template.TemplateProblemException.Kind;
import java.util.Locale;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplatesTest {
    private static final Locale SPANISH = Locale.forLanguageTag("es");
    private static final Locale MEXICAN = Locale.forLanguageTag("es-MX");

    private final TemplateStore store = TemplateStore.inMemory();
    private final Templates templates = new Templates(store);

    @BeforeEach
    void a_template_in_three_languages() {
        templates.create(TemplateDraft.of("ready", "Hi {{name}}, bay {{bay}}")
                .with(SPANISH, "Hola {{name}}")
                .with(MEXICAN, "Que onda {{name}}, {{bay}}"));
    }

    private static Content.Templated wanted(String name, Integer version, String locale, Map<String, String> values) {
        return new Content.Templated(name, version, Locale.forLanguageTag(locale), values);
    }

    private Rendered render(String locale) {
        return templates.render(wanted("ready", null, locale, Map.of("name", "Ana", "bay", "4")));
    }

    private static TemplateProblemException problem(ThrowingCallable call) {
        return catchThrowableOfType(TemplateProblemException.class, call);
    }

    @ParameterizedTest
    @CsvSource({
        "es-MX, es-MX, 'Que onda Ana, 4'",
        "es-AR, es, Hola Ana",
        "es, es, Hola Ana",
        "es-Latn-MX, es-MX, 'Que onda Ana, 4'",
        "de, und, 'Hi Ana, bay 4'",
        "und, und, 'Hi Ana, bay 4'",
    })
    void the_text_is_the_one_that_fits_the_locale_best(String locale, String used, String text) {
        Rendered rendered = render(locale);

        assertThat(rendered.text()).isEqualTo(text);
        assertThat(rendered.template()).isEqualTo(new TemplateRef("ready", 1, Locale.forLanguageTag(used)));
        assertThat(rendered.content()).isEqualTo(new Content.Text(text));
        assertThat(rendered.toString()).doesNotContain("Ana");
    }

    @Test
    void an_update_is_a_new_version_and_old_ones_can_still_be_named() {
        TemplateVersion second = templates.update(TemplateDraft.of("ready", "Ready, {{name}}"));

        assertThat(second.number()).isEqualTo(2);
        assertThat(templates
                        .render(wanted("ready", null, "es", Map.of("name", "Ana")))
                        .text())
                .isEqualTo("Ready, Ana");
        assertThat(templates
                        .render(wanted("ready", 1, "es", Map.of("name", "Ana")))
                        .text())
                .isEqualTo("Hola Ana");
        assertThat(templates.versions("ready"))
                .extracting(TemplateVersion::number)
                .containsExactly(2, 1);
    }

    @Test
    void of_two_who_change_the_same_version_the_second_is_told() {
        templates.update(TemplateDraft.of("ready", "two"), 1);

        assertThat(problem(() -> templates.update(TemplateDraft.of("ready", "also two"), 1))
                        .kind())
                .isEqualTo(Kind.CONFLICT);
        assertThat(problem(() -> templates.create(TemplateDraft.of("ready", "new")))
                        .kind())
                .isEqualTo(Kind.CONFLICT);
        assertThat(templates.newest("ready").number()).isEqualTo(2);
    }

    @Test
    void a_deleted_template_cannot_be_sent_but_what_was_sent_stays_explained() {
        templates.update(TemplateDraft.of("ready", "two"));
        templates.delete("ready");

        assertThat(problem(() -> render("es")).kind()).isEqualTo(Kind.DELETED);
        assertThat(problem(() -> templates.render(wanted("ready", 1, "es", Map.of())))
                        .kind())
                .isEqualTo(Kind.DELETED);
        assertThat(problem(() -> templates.delete("ready")).kind()).isEqualTo(Kind.DELETED);
        assertThat(problem(() -> templates.update(TemplateDraft.of("ready", "x")))
                        .kind())
                .isEqualTo(Kind.DELETED);
        assertThat(templates.list("", 10)).isEmpty();
        assertThat(store.find("ready", 1).orElseThrow().draft().texts()).containsKey(MEXICAN);
        assertThat(templates.create(TemplateDraft.of("ready", "again")).number())
                .isEqualTo(3);
    }

    @Test
    void deleting_the_newest_version_returns_to_the_one_before() {
        templates.update(TemplateDraft.of("ready", "a mistake"));

        templates.delete("ready", 2);

        assertThat(render("es").text()).isEqualTo("Hola Ana");
        assertThat(problem(() -> templates.delete("ready", 2)).kind()).isEqualTo(Kind.DELETED);
        assertThat(problem(() -> templates.delete("ready", 9)).kind()).isEqualTo(Kind.UNKNOWN_TEMPLATE);
    }

    @Test
    void an_unknown_name_version_or_locale_is_said() {
        assertThat(problem(() -> templates.render(wanted("raedy", null, "es", Map.of()))))
                .hasMessageContaining("template raedy")
                .hasMessageContaining("correct the name");
        assertThat(problem(() -> templates.render(wanted("ready", 7, "es", Map.of())))
                        .kind())
                .isEqualTo(Kind.UNKNOWN_TEMPLATE);
        templates.create(new TemplateDraft("only-spanish", Map.of(SPANISH, "Hola"), null, Map.of()));
        assertThat(problem(() -> templates.render(wanted("only-spanish", null, "de", Map.of()))))
                .hasMessageContaining("no text for de")
                .hasMessageContaining("[es]");
    }

    @Test
    void a_variable_of_another_language_is_known_and_a_misspelled_one_is_not() {
        assertThat(render("es").text()).isEqualTo("Hola Ana");

        TemplateProblemException problem = problem(
                () -> templates.render(wanted("ready", null, "es", Map.of("name", "Ana", "bya", "secret-4711"))));
        assertThat(problem.kind()).isEqualTo(Kind.UNKNOWN_VARIABLE);
        assertThat(problem.variable()).contains("bya");
        assertThat(problem).hasMessageContaining("[bay, name]").hasMessageNotContaining("4711");
        assertThat(problem(() -> templates.render(wanted("ready", null, "es", Map.of("name", "x", "+1202555", "y")))))
                .hasMessageNotContaining("1202555");
    }

    @Test
    void a_missing_variable_an_empty_and_an_overlong_result_are_errors() {
        templates.create(TemplateDraft.of("just", "{{text}}"));

        assertThat(problem(() -> templates.render(wanted("ready", null, "und", Map.of("name", "Ana"))))
                        .variable())
                .contains("bay");
        assertThat(problem(() -> templates.render(wanted("just", null, "und", Map.of("text", " \n"))))
                        .kind())
                .isEqualTo(Kind.EMPTY);
        assertThat(problem(() -> templates.render(wanted("just", null, "und", Map.of("text", "x".repeat(1601))))))
                .hasMessageContaining("1601")
                .hasMessageContaining("1600");
        assertThatThrownBy(() -> templates.render(wanted("just", null, "und", Map.of("text", "a\u0000"))))
                .isInstanceOf(InvalidContentException.class);
        assertThat(templates
                        .render(wanted("just", null, "und", Map.of("text", "{{text}}")))
                        .text())
                .isEqualTo("{{text}}");
    }

    @Test
    void a_draft_is_read_before_it_is_stored() {
        assertThatThrownBy(() -> TemplateDraft.of("ready", "Hi {{name"))
                .isInstanceOf(TemplateProblemException.class)
                .hasMessageContaining("column 4");
        assertThatThrownBy(() -> new TemplateDraft("ready", Map.of(), null, Map.of()))
                .hasMessageContaining("no text");
        assertThatThrownBy(() -> new TemplateDraft("ready", Map.of(Locale.ROOT, "x"), " ", Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(templates.versions("ready")).hasSize(1);
    }

    @Test
    void the_list_is_read_in_pages() {
        templates.create(TemplateDraft.of("b", "x"));
        templates.create(TemplateDraft.of("a", "x"));

        assertThat(templates.list("", 2)).extracting(TemplateVersion::name).containsExactly("a", "b");
        assertThat(templates.list("b", 2)).extracting(TemplateVersion::name).containsExactly("ready");
        assertThatThrownBy(() -> templates.list("", 0)).hasMessageContaining("1 to 1000");
    }
}
