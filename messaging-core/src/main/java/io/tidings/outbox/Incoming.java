package io.tidings.outbox;

import io.tidings.audit.AuditEntry;
import io.tidings.event.Happening;
import io.tidings.gate.GateRecord;
import io.tidings.history.MessageRow;
import io.tidings.history.StoredMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message to be taken in, with all that is stored about it at once.
 *
 * @param row its place in the queue, or {@code null} if a gate refused it
 * @param refused its final row, or {@code null} if it is queued
 * @param decisions what the gates said
 * @param fingerprint a digest of what the caller asked for; compared when an idempotency key comes again
 * @param audit the entry that records it, stored if and only if the message is, or {@code null} for none
 * @param event the event that tells of it, stored if and only if the message is, or {@code null} for none
 */
public record Incoming(
        @Nullable QueueRow row,
        @Nullable MessageRow refused,
        List<GateRecord> decisions,
        String fingerprint,
        @Nullable AuditEntry audit,
        @Nullable Happening event) {

    /** Copies the decisions; exactly one of the two rows is there. */
    public Incoming {
        decisions = List.copyOf(decisions);
        if ((row == null) == (refused == null)) {
            throw new IllegalArgumentException("a message is either queued or refused");
        }
    }

    /** A message that nobody is told of. */
    public Incoming(
            @Nullable QueueRow row,
            @Nullable MessageRow refused,
            List<GateRecord> decisions,
            String fingerprint,
            @Nullable AuditEntry audit) {
        this(row, refused, decisions, fingerprint, audit, null);
    }

    /** The same with the event that tells of it. */
    public Incoming announcedBy(Happening told) {
        return new Incoming(row, refused, decisions, fingerprint, audit, told);
    }

    /** A message that no audit entry records. */
    public Incoming(
            @Nullable QueueRow row, @Nullable MessageRow refused, List<GateRecord> decisions, String fingerprint) {
        this(row, refused, decisions, fingerprint, null, null);
    }

    StoredMessage stored() {
        return row != null
                ? row.stored()
                : java.util.Objects.requireNonNull(refused).stored();
    }
}
