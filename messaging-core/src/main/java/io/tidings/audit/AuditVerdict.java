package io.tidings.audit;

import org.jspecify.annotations.Nullable;

/**
 * What a verification found.
 *
 * @param records how many records were found sound
 * @param broken the first that is not, or {@code null} if all are
 */
public record AuditVerdict(long records, @Nullable Broken broken) {

    /** Whether nothing was found. */
    public boolean isIntact() {
        return broken == null;
    }

    @Override
    public String toString() {
        return broken == null
                ? "intact, " + records + " records"
                : "broken at " + broken.sequence() + ": " + broken.kind() + ", " + broken.what();
    }

    /**
     * The first record that is not as it was sealed.
     *
     * @param sequence the number at which the chain breaks
     * @param kind in which way
     * @param what in words
     */
    public record Broken(long sequence, Kind kind, String what) {}

    /** How a chain can be broken. */
    public enum Kind {
        /** A record is not as it was sealed. */
        ALTERED,
        /** A record is gone. */
        MISSING,
        /** A record was put in. */
        INSERTED,
        /** Records changed places. */
        REORDERED,
        /** The end is gone: a checkpoint has seen more. */
        TRUNCATED,
        /** A checkpoint has no valid signature, or belongs to another chain. */
        CHECKPOINT
    }
}
