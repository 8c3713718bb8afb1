package io.tidings.audit;

import io.tidings.message.PhoneNumber;
import io.tidings.message.TenantId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/**
 * Keeps entries, as those see it who write, look up and erase them. Every call joins the caller's transaction; nothing
 * of an entry is visible if that rolls back. Sealing is the matter of {@link AuditChain}.
 *
 * <p>Implementations are safe for use by many threads and throw {@link io.tidings.message.StoreUnavailableException} if
 * the store cannot be reached.
 */
public interface AuditStore {

    /** Appends entries. They touch no row that another transaction touches. */
    void append(List<AuditEntry> entries);

    /** Entries that fit, newest first by time, then by id. */
    List<AuditEntry> search(AuditQuery query);

    /** How many entries there are in a span of time, by day (UTC), action and actor. */
    List<Count> counts(Instant from, Instant until);

    /**
     * Destroys the data of at most so many entries that concern this person, sealed or not, and names them. Their public
     * fields, their commitments and the chain stay.
     */
    List<UUID> erase(TenantId tenant, PhoneNumber person, int limit);

    /**
     * How many entries fell together.
     *
     * @param day the day in UTC
     * @param action what
     * @param actor who
     * @param entries how many
     */
    record Count(LocalDate day, Action action, Actor actor, long entries) {}
}
