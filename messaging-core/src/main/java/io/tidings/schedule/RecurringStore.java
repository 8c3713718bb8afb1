package io.tidings.schedule;

import io.tidings.message.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Recurring messages. Times are the store's own clock; writing joins the caller's transaction. Safe for use by many
 * threads.
 */
public interface RecurringStore {

    /** Stores a new one. Returns false, and stores nothing, if its tenant has one of this name that is not cancelled. */
    boolean add(Recurring recurring);

    /** Puts {@code next} in the place of {@code seen} if state and next occurrence are still those, and tells whether. */
    boolean replace(Recurring seen, Recurring next);

    /** The one of this name. */
    Optional<Recurring> find(TenantId tenant, String name);

    /** All of a tenant, by name. */
    List<Recurring> of(TenantId tenant);

    /** Active ones whose occurrence has come, the earliest first. */
    List<Recurring> due(int limit);

    /** How long until the next occurrence of an active one; zero if it has come. */
    Optional<Duration> nextDue();
}
