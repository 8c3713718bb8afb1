package io.tidings.outbox;

import io.tidings.message.Category;
import io.tidings.message.TenantId;
import java.util.HashSet;
import java.util.Set;

/**
 * Whose messages are not wanted this time, because their permits are used up.
 *
 * @param tenants these tenants
 * @param categories these categories
 */
public record Skip(Set<TenantId> tenants, Set<Category> categories) {
    /** Nobody. */
    public static final Skip NONE = new Skip(Set.of(), Set.of());

    /** Copies the sets. */
    public Skip {
        tenants = Set.copyOf(tenants);
        categories = Set.copyOf(categories);
    }

    /** This one too. */
    public Skip and(TenantId tenant) {
        Set<TenantId> more = new HashSet<>(tenants);
        more.add(tenant);
        return new Skip(more, categories);
    }

    /** This one too. */
    public Skip and(Category category) {
        Set<Category> more = new HashSet<>(categories);
        more.add(category);
        return new Skip(tenants, more);
    }
}
