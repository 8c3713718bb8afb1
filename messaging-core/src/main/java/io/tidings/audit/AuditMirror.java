package io.tidings.audit;

/**
 * Takes a copy of each entry after it is sealed, for example into the system log. What is erased later stays in the
 * copy, so log {@link AuditEntry#action} and its like, and leave {@link AuditEntry#data} out.
 *
 * <p>Called by the sealer, in chain order, on the node that sealed, never on the send path. If it throws, the entry is
 * handed in again at the next sealing. A copy for convenience: up to 10,000 wait in memory, and a process that dies takes
 * those with it.
 */
@FunctionalInterface
public interface AuditMirror {

    /** Keeps a copy. */
    void accept(AuditEntry entry);
}
