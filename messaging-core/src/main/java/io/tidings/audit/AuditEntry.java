package io.tidings.audit;

import io.tidings.message.MessageId;
import io.tidings.message.TenantId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One act: who did what, when, where, and, until it is erased, to whom and why. Written in the transaction of the act.
 *
 * @param id its own id, random
 * @param at when, to the microsecond
 * @param tenant whose matter it is, or {@code null} for the whole system
 * @param actor who
 * @param action what
 * @param message which message, if one
 * @param place where
 * @param commitment the commitment of its data, kept when the data are erased
 * @param data what can be erased, or {@code null} if it was
 */
public record AuditEntry(
        UUID id,
        Instant at,
        @Nullable TenantId tenant,
        Actor actor,
        Action action,
        @Nullable MessageId message,
        Place place,
        String commitment,
        @Nullable AuditData data) {

    /** Cuts the time to what every database keeps. */
    public AuditEntry {
        at = at.truncatedTo(ChronoUnit.MICROS);
    }

    /** The same without what can be erased. */
    public AuditEntry erased() {
        return new AuditEntry(id, at, tenant, actor, action, message, place, commitment, null);
    }

    /**
     * Where something was done.
     *
     * @param node which process
     * @param environment which installation, for example {@code production}
     */
    public record Place(String node, String environment) {}
}
