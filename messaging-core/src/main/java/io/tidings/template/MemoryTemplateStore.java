package io.tidings.template;

import io.tidings.message.MemoryTransactions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Templates in memory. */
final class MemoryTemplateStore implements TemplateStore {
    private final MemoryTransactions transactions;
    /** Touched only inside {@link #transactions}. Oldest version first; the index is the number less one. */
    private final TreeMap<String, List<TemplateVersion>> names = new TreeMap<>();

    MemoryTemplateStore(MemoryTransactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Optional<TemplateVersion> add(TemplateDraft draft, int newest) {
        return transactions.run(() -> {
            if (newest(draft.name()).map(TemplateVersion::number).orElse(0) != newest) {
                return Optional.empty();
            }
            List<TemplateVersion> versions = names.computeIfAbsent(draft.name(), name -> new ArrayList<>());
            TemplateVersion added = new TemplateVersion(versions.size() + 1, draft, false);
            versions.add(added);
            transactions.onRollback(() -> versions.remove(added.number() - 1));
            return Optional.of(added);
        });
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
        return transactions.run(() -> {
            List<TemplateVersion> copy = new ArrayList<>(names.getOrDefault(name, List.of()));
            Collections.reverse(copy);
            return List.copyOf(copy);
        });
    }

    @Override
    public List<TemplateVersion> list(String after, int limit) {
        return transactions.run(() -> names.tailMap(after, false).keySet().stream()
                .map(this::newest)
                .flatMap(Optional::stream)
                .limit(limit)
                .toList());
    }

    @Override
    public boolean delete(String name, int version) {
        return transactions.run(() -> delete(names.getOrDefault(name, List.of()), version));
    }

    private boolean delete(List<TemplateVersion> versions, int number) {
        if (number < 1 || number > versions.size() || versions.get(number - 1).deleted()) {
            return false;
        }
        TemplateVersion before = versions.get(number - 1);
        versions.set(number - 1, before.asDeleted());
        transactions.onRollback(() -> versions.set(number - 1, before));
        return true;
    }
}
