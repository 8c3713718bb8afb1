package io.tidings.template;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a new version of a template will say, in all its languages: they change together, so that a version number means
 * the same thing in each.
 *
 * @param name the template's name, as in {@link TemplateRef}
 * @param texts a text per locale, at least one; {@link Locale#ROOT} is the default text
 * @param reference the host's own name for it, or {@code null}; at most 255 characters
 * @param tags names and values to find it by; at most 10
 */
public record TemplateDraft(
        String name, Map<Locale, String> texts, @Nullable String reference, Map<String, String> tags) {

    /** Reads every text. Throws {@link TemplateProblemException} if one is no template. */
    public TemplateDraft {
        TemplateRef.requireName(name);
        texts = Map.copyOf(texts);
        tags = Map.copyOf(tags);
        if (texts.isEmpty()) {
            throw TemplateProblemException.of(TemplateProblemException.Kind.EMPTY, name, "it has no text; write one");
        }
        if (reference != null && (reference.isBlank() || reference.length() > 255)) {
            throw new IllegalArgumentException("a template's reference has 1 to 255 characters, or is left out");
        }
        if (tags.size() > 10) {
            throw new IllegalArgumentException("a template has at most 10 tags, got " + tags.size());
        }
        texts.forEach((locale, text) -> Template.of(new TemplateRef(name, 1, locale), text));
    }

    /** One default text, without reference and tags. */
    public static TemplateDraft of(String name, String text) {
        return new TemplateDraft(name, Map.of(Locale.ROOT, text), null, Map.of());
    }

    /** The same with this text for this locale. */
    public TemplateDraft with(Locale locale, String text) {
        Map<Locale, String> more = new HashMap<>(texts);
        more.put(locale, text);
        return new TemplateDraft(name, more, reference, tags);
    }

    /** The variables of all its texts. */
    public Set<String> variables() {
        Set<String> names = new LinkedHashSet<>();
        texts.forEach((locale, text) ->
                names.addAll(Template.of(new TemplateRef(name, 1, locale), text).variables()));
        return Collections.unmodifiableSet(names);
    }
}
