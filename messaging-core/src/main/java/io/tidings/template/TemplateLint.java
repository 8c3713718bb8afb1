package io.tidings.template;

import io.tidings.template.LintFinding.Rule;
import io.tidings.template.LintFinding.Severity;
import io.tidings.template.TemplateProblemException.Place;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Checks a folder of templates before anybody is sent one: syntax, variables, length, price and languages. Meant for a
 * build; {@link TemplateLintMain} is its command.
 *
 * <p>By default no locale is required, segments are limited only by a file's own header, and smart encoding is off.
 * Immutable.
 */
public final class TemplateLint {
    private final Set<Locale> locales;
    private final int maxSegments;
    private final boolean smartEncoding;

    private TemplateLint(Set<Locale> locales, int maxSegments, boolean smartEncoding) {
        this.locales = Set.copyOf(locales);
        this.maxSegments = maxSegments;
        this.smartEncoding = smartEncoding;
    }

    /** The settings named above. */
    public static TemplateLint defaults() {
        return new TemplateLint(Set.of(), Integer.MAX_VALUE, false);
    }

    /** Each template must have a text for each of these; {@link Locale#ROOT} asks for a default text. */
    public TemplateLint withLocales(Set<Locale> required) {
        return new TemplateLint(required, maxSegments, smartEncoding);
    }

    /** A template whose header does not say {@code segments:} may have so many with its sample values. */
    public TemplateLint withMaxSegments(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("a text has at least one segment; allow 1 or more, got " + most);
        }
        return new TemplateLint(locales, most, smartEncoding);
    }

    /** Counts as if smart encoding were on: what it replaces forces nothing. */
    public TemplateLint withSmartEncoding() {
        return new TemplateLint(locales, maxSegments, true);
    }

    /** All findings, by file, line and column. Throws {@link java.io.UncheckedIOException} if a file cannot be read. */
    public List<LintFinding> check(Path folder) {
        List<LintFinding> findings = new ArrayList<>();
        Map<String, List<TemplateFile>> templates = new TreeMap<>();
        TemplateFile.in(folder).forEach(path -> {
            try {
                TemplateFile file = TemplateFile.read(path);
                templates
                        .computeIfAbsent(file.name(), name -> new ArrayList<>())
                        .add(file);
            } catch (TemplateProblemException e) {
                Place place = e.place().orElse(new Place(1, 1));
                findings.add(new LintFinding(
                        e.template(), place.line(), place.column(), Severity.ERROR, Rule.FILE, e.reason()));
            }
        });
        templates.values().forEach(files -> findings.addAll(check(files)));
        return findings.stream().sorted().toList();
    }

    private List<LintFinding> check(List<TemplateFile> files) {
        List<LintFinding> findings = new ArrayList<>();
        Map<String, String> shared = files.stream()
                .filter(file -> file.locale().equals(Locale.ROOT))
                .findFirst()
                .map(TemplateFile::header)
                .orElse(Map.of());
        Set<String> used = new HashSet<>();
        for (TemplateFile file : files) {
            Map<String, String> header = new HashMap<>(shared);
            header.putAll(file.header());
            TextLint text = new TextLint(file, header, maxSegments, smartEncoding);
            findings.addAll(text.findings());
            used.addAll(text.variables());
        }
        findings.addAll(unused(files.get(0), shared, used));
        findings.addAll(missing(files));
        return findings;
    }

    private static List<LintFinding> unused(TemplateFile first, Map<String, String> header, Set<String> used) {
        return header.keySet().stream()
                .filter(key -> key.startsWith(TemplateFile.VARIABLE))
                .map(key -> key.substring(TemplateFile.VARIABLE.length()))
                .filter(name -> !used.contains(name))
                .map(name -> new LintFinding(
                        first.file(),
                        1,
                        1,
                        Severity.WARNING,
                        Rule.UNUSED_VARIABLE,
                        "the header declares '" + name + "', but no text uses it; a value for it would be refused"))
                .toList();
    }

    private List<LintFinding> missing(List<TemplateFile> files) {
        Set<Locale> wanted = new HashSet<>(locales);
        files.forEach(file -> wanted.remove(file.locale()));
        return wanted.stream()
                .map(locale -> locale.equals(Locale.ROOT) ? "the default text" : "a text for " + locale.toLanguageTag())
                .map(what -> new LintFinding(
                        files.get(0).file(),
                        1,
                        1,
                        Severity.ERROR,
                        Rule.MISSING_LOCALE,
                        "the template '" + files.get(0).name() + "' lacks " + what + "; add its file"))
                .toList();
    }
}
