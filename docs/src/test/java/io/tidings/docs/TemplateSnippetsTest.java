package io.tidings.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.message.Content;
import io.tidings.template.Rendered;
import io.tidings.template.TemplateDraft;
import io.tidings.template.TemplateStore;
import io.tidings.template.Templates;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The code of docs/templates.md. */
class TemplateSnippetsTest {

    @Test
    void a_template_is_created_and_rendered_in_a_language() {
        // tag::create
        Templates templates = new Templates(TemplateStore.inMemory());

        templates.create(TemplateDraft.of("order-ready", "Hi {{name}}, your car is ready in bay {{bay}}.")
                .with(Locale.forLanguageTag("es"), "Hola {{name}}, su auto está listo en la bahía {{bay}}."));

        Rendered rendered = templates.render(new Content.Templated(
                "order-ready", null, Locale.forLanguageTag("es-MX"), Map.of("name", "Ana", "bay", "4")));

        assertThat(rendered.text()).isEqualTo("Hola Ana, su auto está listo en la bahía 4.");
        assertThat(rendered.template()).hasToString("order-ready@1/es");
        // end::create
    }
}
