package io.tidings.template;

import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;

/**
 * A version of a template as it is kept: its texts never change.
 *
 * @param number from 1, never reused for the same name, also not after a deletion
 * @param draft what it says
 * @param deleted whether it may still be sent; what was sent by it stays readable
 */
public record TemplateVersion(int number, TemplateDraft draft, boolean deleted) {
    private static final ResourceBundle.Control LOOKUP =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_DEFAULT);

    /** Checks the number. */
    public TemplateVersion {
        if (number < 1) {
            throw new IllegalArgumentException("versions of a template are numbered from 1, got " + number);
        }
    }

    /** The template's name. */
    public String name() {
        return draft.name();
    }

    /** The text that fits a locale best: {@code es-MX}, then {@code es}, then the default text; empty without one. */
    public Optional<Template> text(Locale wanted) {
        return LOOKUP.getCandidateLocales("", wanted).stream()
                .filter(draft.texts()::containsKey)
                .findFirst()
                .map(locale -> Template.of(
                        new TemplateRef(name(), number, locale), draft.texts().getOrDefault(locale, "")));
    }

    TemplateVersion asDeleted() {
        return new TemplateVersion(number, draft, true);
    }
}
