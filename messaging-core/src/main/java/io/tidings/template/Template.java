package io.tidings.template;

import com.samskivert.mustache.Mustache;
import io.tidings.template.TemplateParser.Tag;
import io.tidings.template.TemplateProblemException.Kind;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One text with {@code {{variables}}}, read and ready to be rendered.
 *
 * <p>A variable is a letter followed by letters, digits or {@code _}. Values are put in as they are: never escaped,
 * evaluated or looked at for further variables. Immutable; safe for use by many threads.
 */
public final class Template {
    private final TemplateRef ref;
    private final String text;
    private final List<Tag> tags;
    private final com.samskivert.mustache.Template engine;

    private Template(TemplateRef ref, String text, List<Tag> tags) {
        this.ref = ref;
        this.text = text;
        this.tags = tags;
        engine = Mustache.compiler().escapeHTML(false).compile(text);
    }

    /** Reads a text. Throws {@link TemplateProblemException} with line and column if it is no template. */
    public static Template of(TemplateRef ref, String text) {
        return new Template(ref, text, List.copyOf(TemplateParser.tags(ref.toString(), text)));
    }

    /** Which text of which template it is. */
    public TemplateRef ref() {
        return ref;
    }

    /** The text with its variables. */
    public String text() {
        return text;
    }

    /** The variables in order of appearance. */
    public Set<String> variables() {
        Set<String> names = new LinkedHashSet<>();
        tags.forEach(tag -> names.add(tag.name()));
        return Collections.unmodifiableSet(names);
    }

    /**
     * The text with these values. Throws {@link TemplateProblemException} if one is missing; values beyond those that
     * the text has are ignored here, {@link Templates} refuses them.
     */
    public String render(Map<String, String> values) {
        for (Tag tag : tags) {
            if (!values.containsKey(tag.name())) {
                throw new TemplateProblemException(
                        Kind.MISSING_VARIABLE,
                        ref.toString(),
                        tag.place(),
                        tag.name(),
                        "the variable '" + tag.name() + "' has no value; pass one");
            }
        }
        return engine.execute(values);
    }

    List<Tag> tags() {
        return tags;
    }

    @Override
    public String toString() {
        return "Template[" + ref + "]";
    }
}
