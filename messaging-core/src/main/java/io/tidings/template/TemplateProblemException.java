package io.tidings.template;

import io.tidings.message.TidingsException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A template that cannot be found, read or rendered. Thrown before anything is stored. The message names the template,
 * the place and the variable, never a value.
 */
public final class TemplateProblemException extends TidingsException {
    private static final long serialVersionUID = 1L;

    /** What kind of problem it is. */
    private final Kind kind;

    /** The template, as far as it is known. */
    private final String template;

    /** The place in its text, if the problem has one. */
    private final transient @Nullable Place place;

    /** The variable, if the problem is about one. */
    private final @Nullable String variable;

    /** The message without template and place. */
    private final String reason;

    TemplateProblemException(
            Kind kind, String template, @Nullable Place place, @Nullable String variable, String reason) {
        super("template " + template + (place == null ? "" : ", line " + place.line() + ", column " + place.column())
                + ": " + reason);
        this.kind = kind;
        this.template = template;
        this.place = place;
        this.variable = variable;
        this.reason = reason;
    }

    static TemplateProblemException of(Kind kind, String template, String what) {
        return new TemplateProblemException(kind, template, null, null, what);
    }

    static TemplateProblemException syntax(String template, Place place, String what) {
        return new TemplateProblemException(Kind.SYNTAX, template, place, null, what);
    }

    /** What kind of problem it is. */
    public Kind kind() {
        return kind;
    }

    /** The template, like {@code order-ready} or {@code order-ready@3/es-MX}. */
    public String template() {
        return template;
    }

    /** What is wrong and what to do, without template and place. */
    public String reason() {
        return reason;
    }

    /** Where in the text it is, for a problem that has a place. */
    public Optional<Place> place() {
        return Optional.ofNullable(place);
    }

    /** The variable, for a problem that has one. */
    public Optional<String> variable() {
        return Optional.ofNullable(variable);
    }

    /** The kinds of problems. */
    public enum Kind {
        /** The text is no template: a tag that is not a variable, or one that does not end. */
        SYNTAX,
        /** The text needs a variable that was not given. */
        MISSING_VARIABLE,
        /** A variable was given that no text of the template has: a misspelling. */
        UNKNOWN_VARIABLE,
        /** Nothing, or only blanks, would be sent. */
        EMPTY,
        /** The result is longer than a provider takes. */
        TOO_LONG,
        /** No template has that name, or it has no such version. */
        UNKNOWN_TEMPLATE,
        /** It was deleted; what was sent by it stays readable. */
        DELETED,
        /** It has neither a text for the wanted locale nor a default text. */
        NO_LOCALE,
        /** It was changed by somebody else, or exists already. */
        CONFLICT
    }

    /**
     * A place in a text.
     *
     * @param line from 1
     * @param column from 1, in UTF-16 units
     */
    public record Place(int line, int column) {}
}
