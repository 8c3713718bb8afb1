package io.tidings.template;

import io.tidings.message.ForcingCharacter;
import io.tidings.message.MessageBody;
import io.tidings.message.Segments;
import io.tidings.message.SmartEncoding;
import io.tidings.template.LintFinding.Rule;
import io.tidings.template.LintFinding.Severity;
import io.tidings.template.TemplateParser.Tag;
import io.tidings.template.TemplateProblemException.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rules that look at one text. */
final class TextLint {
    private static final Pattern TRAILING = Pattern.compile("[ \\t\\u00a0]+(?=\\n|\\z)|\\n+\\z");
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,3}");
    /** More would hide the rest of the report. */
    private static final int MOST_TWINS = 20;

    private final TemplateFile file;
    private final Map<String, String> header;
    private final boolean smartEncoding;
    private final List<LintFinding> findings = new ArrayList<>();
    private final Set<String> variables = new HashSet<>();

    TextLint(TemplateFile file, Map<String, String> header, int maxSegments, boolean smartEncoding) {
        this.file = file;
        this.header = header;
        this.smartEncoding = smartEncoding;
        try {
            Template template = Template.of(new TemplateRef(file.name(), 1, file.locale()), file.text());
            variables.addAll(template.variables());
            declared(template);
            length(template, maxSegments);
        } catch (TemplateProblemException e) {
            add(Severity.ERROR, Rule.SYNTAX, e.place().orElse(new Place(1, 1)), e.reason());
        }
        forcing();
        trailing();
    }

    List<LintFinding> findings() {
        return findings;
    }

    Set<String> variables() {
        return variables;
    }

    private void declared(Template template) {
        if (header.keySet().stream().noneMatch(key -> key.startsWith(TemplateFile.VARIABLE))) {
            return;
        }
        for (Tag tag : template.tags()) {
            if (!header.containsKey(TemplateFile.VARIABLE + tag.name())) {
                add(
                        Severity.ERROR,
                        Rule.UNKNOWN_VARIABLE,
                        tag.place(),
                        "the variable '" + tag.name() + "' is not declared in the header; correct the name or add"
                                + " 'variable." + tag.name() + ": a sample value'");
            }
        }
    }

    private void length(Template template, int maxSegments) {
        String wanted = header.getOrDefault("segments", "");
        if (!wanted.isEmpty() && !NUMBER.matcher(wanted).matches()) {
            add(Severity.ERROR, Rule.FILE, new Place(1, 1), "'segments' is a number from 1, got '" + wanted + "'");
            return;
        }
        int most = wanted.isEmpty() ? maxSegments : Integer.parseInt(wanted);
        Map<String, String> samples = new HashMap<>();
        for (String name : template.variables()) {
            String sample = header.getOrDefault(TemplateFile.VARIABLE + name, "");
            if (sample.isEmpty() && most != Integer.MAX_VALUE) {
                add(
                        Severity.WARNING,
                        Rule.NO_SAMPLE,
                        new Place(1, 1),
                        "the variable '" + name + "' has no sample value, so the segments cannot be counted; add"
                                + " 'variable." + name + ": a long value'");
                return;
            }
            samples.put(name, sample);
        }
        String rendered = template.render(samples);
        int segments = Segments.of(rendered, smartEncoding).count();
        if (segments > most) {
            tooLong("with its sample values the text has " + segments + " segments, allowed are " + most);
        }
        if (rendered.length() > MessageBody.MAX_LENGTH) {
            tooLong("with its sample values the text has " + rendered.length() + " characters, the most is "
                    + MessageBody.MAX_LENGTH);
        }
    }

    private void tooLong(String what) {
        add(Severity.ERROR, Rule.TOO_LONG, new Place(1, 1), what + "; shorten it");
    }

    private void forcing() {
        if (header.getOrDefault("encoding", "").equalsIgnoreCase("UCS-2")) {
            return;
        }
        List<ForcingCharacter> alone = new ArrayList<>();
        int shown = 0;
        for (ForcingCharacter character : Segments.of(file.text()).forcing()) {
            Optional<String> twin = character.gsmTwin();
            if (smartEncoding
                    && Segments.of(SmartEncoding.apply(character.grapheme()))
                            .forcing()
                            .isEmpty()) {
                continue;
            }
            if (twin.isEmpty()) {
                alone.add(character);
            } else if (shown++ < MOST_TWINS) {
                String instead = twin.get().isEmpty() ? "leave it out" : "write '" + twin.get() + "' instead";
                forces(character, describe(character) + " forces UCS-2, which costs about twice; " + instead);
            }
        }
        if (!alone.isEmpty()) {
            forces(
                    alone.get(0),
                    describe(alone.get(0)) + (alone.size() > 1 ? " and " + (alone.size() - 1) + " more" : "")
                            + " without a GSM-7 twin: the text travels as UCS-2; write 'encoding: UCS-2' in the header"
                            + " if that is meant");
        }
    }

    private static String describe(ForcingCharacter character) {
        boolean visible = character
                .grapheme()
                .codePoints()
                .noneMatch(code -> Character.isISOControl(code) || Character.getType(code) == Character.FORMAT);
        return visible ? "'" + character.grapheme() + "' (" + character.codePoints() + ")" : character.codePoints();
    }

    private void forces(ForcingCharacter character, String what) {
        add(Severity.WARNING, Rule.FORCES_UCS2, place(character.position()), what);
    }

    private void trailing() {
        Matcher matcher = TRAILING.matcher(file.text());
        while (matcher.find()) {
            add(
                    Severity.WARNING,
                    Rule.TRAILING_BLANKS,
                    place(matcher.start()),
                    "blanks or empty lines at the end cost characters and are not seen; delete them");
        }
    }

    private Place place(int index) {
        int line = 1;
        int start = 0;
        for (int at = file.text().indexOf('\n');
                at >= 0 && at < index;
                at = file.text().indexOf('\n', at + 1)) {
            line++;
            start = at + 1;
        }
        return new Place(line, index - start + 1);
    }

    private void add(Severity severity, Rule rule, Place place, String message) {
        findings.add(new LintFinding(
                file.file(), place.line() + file.firstLine() - 1, place.column(), severity, rule, message));
    }
}
