package io.tidings.template;

import io.tidings.message.MemoryTransactions;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the versions of templates.
 *
 * <p>Versions are only added and marked as deleted, never changed or removed: messages are pinned to them. Each call is
 * atomic, joins the {@link io.tidings.message.UnitOfWork} it runs in, and what it wrote is seen by every later call. Safe for use by many threads. Throws
 * {@link io.tidings.message.StoreUnavailableException} if the store cannot be reached.
 */
public interface TemplateStore {

    /**
     * Adds the next version, numbered one above the highest that the name ever had.
     *
     * @param newest the number of the newest version that is not deleted, as the caller saw it; 0 for none
     * @return the new version, or empty if {@code newest} is not true any more; nothing was added then
     */
    Optional<TemplateVersion> add(TemplateDraft draft, int newest);

    /** The newest version that is not deleted. */
    Optional<TemplateVersion> newest(String name);

    /** That version, also if it is deleted. */
    Optional<TemplateVersion> find(String name, int version);

    /** All versions of a name, newest first, with the deleted ones. */
    List<TemplateVersion> versions(String name);

    /**
     * The newest versions that are not deleted, sorted by name.
     *
     * @param after only names that sort behind this one; an empty text for the first page
     * @param limit at most so many
     */
    List<TemplateVersion> list(String after, int limit);

    /** Marks a version as deleted. Returns whether it was there and not deleted before. */
    boolean delete(String name, int version);

    /** A store that forgets everything when the process ends, with transactions of its own. */
    static TemplateStore inMemory() {
        return inMemory(new MemoryTransactions());
    }

    /** A store that forgets everything when the process ends, and takes part in these transactions. */
    static TemplateStore inMemory(MemoryTransactions transactions) {
        return new MemoryTemplateStore(transactions);
    }
}
