package io.tidings.template;

import io.tidings.template.TemplateProblemException.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Finds the variables of a text and refuses everything else that the engine would understand: sections, partials,
 * comments, lambdas, raw tags, other delimiters. One pass, linear.
 */
final class TemplateParser {
    /** Longer texts are no texts for a phone, however long their variables' names are. */
    static final int LONGEST = 10_000;

    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,63}");

    private final String template;
    private final String text;
    private final List<Tag> tags = new ArrayList<>();
    private int line = 1;
    private int lineStart;
    private int at;

    private TemplateParser(String template, String text) {
        this.template = template;
        this.text = text;
    }

    static boolean isVariable(String name) {
        return VARIABLE.matcher(name).matches() && !name.equals("this");
    }

    static List<Tag> tags(String template, String text) {
        if (text.isBlank()) {
            throw TemplateProblemException.of(
                    TemplateProblemException.Kind.EMPTY, template, "the text is empty; write one");
        }
        if (text.length() > LONGEST) {
            throw TemplateProblemException.of(
                    TemplateProblemException.Kind.TOO_LONG,
                    template,
                    "the text has " + text.length() + " characters, the most is " + LONGEST + "; shorten it");
        }
        return new TemplateParser(template, text).parse();
    }

    private List<Tag> parse() {
        while (at < text.length()) {
            if (text.startsWith("{{", at)) {
                tag();
            } else if (text.startsWith("}}", at)) {
                throw syntax(at, "}} without {{ before it; a variable is written {{name}}");
            } else {
                step();
            }
        }
        return tags;
    }

    private void step() {
        if (text.charAt(at) == '\n') {
            line++;
            lineStart = at + 1;
        }
        at++;
    }

    private void tag() {
        int start = at;
        char sign = start + 2 < text.length() ? text.charAt(start + 2) : ' ';
        if ("{#^/>&!=<$".indexOf(sign) >= 0) {
            throw syntax(
                    start,
                    "{{" + sign + " is not supported: a template has only variables like {{name}}, no sections,"
                            + " partials, comments, raw tags or other delimiters; decide in your code and pass the result as a variable");
        }
        int end = text.indexOf("}}", start + 2);
        int nextLine = text.indexOf('\n', start);
        if (end < 0 || (nextLine >= 0 && nextLine < end)) {
            throw syntax(start, "{{ without }} on the same line; a variable is written {{name}}");
        }
        String name = text.substring(start + 2, end).strip();
        if (!isVariable(name)) {
            throw syntax(
                    start,
                    "between {{ and }} stands one variable: a letter, then letters, digits or _, at most 64, not 'this'");
        }
        if (end + 2 < text.length() && text.charAt(end + 2) == '}') {
            throw syntax(end + 2, "a third } after the variable; a variable is written {{name}}");
        }
        tags.add(new Tag(name, place(start), start, end + 2));
        at = end + 2;
    }

    private Place place(int index) {
        return new Place(line, index - lineStart + 1);
    }

    private TemplateProblemException syntax(int index, String what) {
        return TemplateProblemException.syntax(template, place(index), what);
    }

    /** One use of a variable, and the part of the text it takes. */
    record Tag(String name, Place place, int start, int end) {}
}
