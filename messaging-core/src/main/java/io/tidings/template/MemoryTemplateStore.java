package io.tidings.template;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Templates in memory. */
final class MemoryTemplateStore implements TemplateStore {
    /** Guarded by itself. Oldest version first; the index is the number less one. */
    private final TreeMap<String, List<TemplateVersion>> names = new TreeMap<>();

    @Override
    public Optional<TemplateVersion> add(TemplateDraft draft, int newest) {
        synchronized (names) {
            if (newest(draft.name()).map(TemplateVersion::number).orElse(0) != newest) {
                return Optional.empty();
            }
            List<TemplateVersion> versions = names.computeIfAbsent(draft.name(), name -> new ArrayList<>());
            TemplateVersion added = new TemplateVersion(versions.size() + 1, draft, false);
            versions.add(added);
            return Optional.of(added);
        }
    }

    @Override
    public Optional<TemplateVersion> newest(String name) {
        return versions(name).stream().filter(version -> !version.deleted()).findFirst();
    }

    @Override
    public Optional<TemplateVersion> find(String name, int version) {
        return versions(name).stream()
                .filter(candidate -> candidate.number() == version)
                .findFirst();
    }

    @Override
    public List<TemplateVersion> versions(String name) {
        synchronized (names) {
            List<TemplateVersion> copy = new ArrayList<>(names.getOrDefault(name, List.of()));
            Collections.reverse(copy);
            return List.copyOf(copy);
        }
    }

    @Override
    public List<TemplateVersion> list(String after, int limit) {
        synchronized (names) {
            return names.tailMap(after, false).keySet().stream()
                    .map(this::newest)
                    .flatMap(Optional::stream)
                    .limit(limit)
                    .toList();
        }
    }

    @Override
    public boolean delete(String name, int version) {
        synchronized (names) {
            return delete(names.getOrDefault(name, List.of()), version);
        }
    }

    private static boolean delete(List<TemplateVersion> versions, int number) {
        if (number < 1 || number > versions.size() || versions.get(number - 1).deleted()) {
            return false;
        }
        versions.set(number - 1, versions.get(number - 1).asDeleted());
        return true;
    }
}
