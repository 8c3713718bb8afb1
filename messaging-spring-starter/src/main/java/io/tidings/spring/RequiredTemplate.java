package io.tidings.spring;

import java.util.Set;

/**
 * A template that the application sends, and the variables that it gives: a bean of this type lets the start fail if the
 * template is missing or asks for more, rather than the first customer. Checked when the application is ready, so that it
 * may save its templates while it starts.
 *
 * @param name the template's name
 * @param variables what the application gives
 */
public record RequiredTemplate(String name, Set<String> variables) {
    /** Copies the names. */
    public RequiredTemplate {
        variables = Set.copyOf(variables);
    }

    /** With these variables. */
    public static RequiredTemplate of(String name, String... variables) {
        return new RequiredTemplate(name, Set.of(variables));
    }
}
