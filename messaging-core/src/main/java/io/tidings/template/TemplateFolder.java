package io.tidings.template;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A folder of template files, the form that is kept in version control and read when a host starts. */
public final class TemplateFolder {
    private TemplateFolder() {}

    /**
     * Reads all templates of a folder, one draft per name with all its locales, sorted by name.
     *
     * <p>Throws {@link TemplateProblemException} for the first file that is no template, and
     * {@link java.io.UncheckedIOException} if the folder cannot be read.
     */
    public static List<TemplateDraft> read(Path folder) {
        Map<String, TemplateDraft> drafts = new TreeMap<>();
        TemplateFile.in(folder).map(TemplateFile::read).forEach(file -> {
            TemplateDraft before = drafts.get(file.name());
            drafts.put(
                    file.name(),
                    before == null
                            ? new TemplateDraft(file.name(), Map.of(file.locale(), file.text()), null, Map.of())
                            : before.with(file.locale(), file.text()));
        });
        return new ArrayList<>(drafts.values());
    }
}
