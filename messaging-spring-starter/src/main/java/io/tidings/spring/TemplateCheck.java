package io.tidings.spring;

import io.tidings.template.Template;
import io.tidings.template.TemplateRef;
import io.tidings.template.TemplateVersion;
import io.tidings.template.Templates;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Compares the templates that there are with those that the application sends. */
final class TemplateCheck {
    private final List<RequiredTemplate> required;

    TemplateCheck(List<RequiredTemplate> required) {
        this.required = List.copyOf(required);
    }

    void check(Templates templates) {
        for (RequiredTemplate each : required) {
            Optional<TemplateVersion> newest = templates.versions(each.name()).stream()
                    .filter(version -> !version.deleted())
                    .findFirst();
            if (newest.isEmpty()) {
                throw problem(
                        "The application sends the template '" + each.name() + "', and there is none of that name.");
            }
            newest.get()
                    .draft()
                    .texts()
                    .forEach((locale, text) -> variables(each, newest.get(), Map.entry(locale, text)));
        }
    }

    private static void variables(RequiredTemplate required, TemplateVersion version, Map.Entry<Locale, String> text) {
        TemplateRef ref = new TemplateRef(version.name(), version.number(), text.getKey());
        for (String variable : Template.of(ref, text.getValue()).variables()) {
            if (!required.variables().contains(variable)) {
                throw problem("The template '" + version.name() + "' (version " + version.number() + ", line "
                        + line(text.getValue(), variable) + ") asks for the variable '" + variable
                        + "', which the application does not give.");
            }
        }
    }

    private static long line(String text, String variable) {
        int place = Math.max(0, text.indexOf("{{" + variable));
        return text.substring(0, place).lines().count() + (place == 0 || text.charAt(place - 1) == '\n' ? 1 : 0);
    }

    private static SetupProblem problem(String what) {
        return new SetupProblem(
                SetupProblem.Kind.TEMPLATE,
                what,
                "Save the template, or change the RequiredTemplate bean that names it.");
    }
}
