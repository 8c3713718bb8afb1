package io.tidings.audit;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sealed chain beside the entries, as the sealer sees it.
 *
 * <p>{@link #seal} is a guarded update of the head's one row: of two nodes that extend the same head one wins, so a chain
 * never forks. Calls join the caller's transaction. Implementations are safe for use by many threads.
 */
public interface AuditChain {

    /** Committed entries that are not sealed, in the order they arrived as far as the store can tell. */
    List<AuditEntry> unsealed(int limit);

    /** The head of a chain; {@link Head#start} if it has none. */
    Head head(String chain);

    /** Appends the records and moves the head, if it still is the expected one; else nothing, and false. */
    boolean seal(Head expected, Head next, List<Link> links);

    /**
     * At most so many records behind a sequence number, in order. One whose entry is gone, or is none that could be
     * written, has neither an entry nor a count of what it closes, as no genuine record has.
     */
    List<Link> after(String chain, long sequence, int limit);

    /** Removes a chain's records up to this one, and their entries; the head remembers where the rest begins. */
    void archive(String chain, Link last);

    /**
     * The end of a chain.
     *
     * @param chain its id
     * @param sequence the number of the newest record; 0 if there is none
     * @param hash the hash of the newest record
     * @param segment the segment that is open, like {@code 2026-11}; empty before the first record
     * @param inSegment how many records the open segment has
     * @param archived the number of the newest archived record; 0 if none is
     * @param archivedHash its hash
     */
    record Head(
            String chain,
            long sequence,
            String hash,
            String segment,
            long inSegment,
            long archived,
            String archivedHash) {

        /** A chain without records. */
        public static Head start(String chain) {
            return new Head(chain, 0, Canonical.ORIGIN, "", 0, 0, Canonical.ORIGIN);
        }

        Head moved(Link link) {
            long count = link.segment().equals(segment) ? inSegment + 1 : 1;
            return new Head(chain, link.sequence(), link.hash(), link.segment(), count, archived, archivedHash);
        }

        /** The same after everything up to this record was archived. */
        public Head archived(Link last) {
            return new Head(chain, sequence, hash, segment, inSegment, last.sequence(), last.hash());
        }
    }

    /**
     * A sealed record: an entry, or the end of a segment.
     *
     * @param sequence its number, from 1 without gaps
     * @param segment the month it belongs to, in UTC
     * @param key the id of the key of its hash
     * @param hash its hash, which covers the one before
     * @param at when the entry was written, or the segment closed
     * @param entry the entry, or {@code null} at the end of a segment and where the entry cannot be read
     * @param closed how many records the segment has before its end; 0 for an entry
     */
    record Link(
            long sequence,
            String segment,
            String key,
            String hash,
            Instant at,
            @Nullable AuditEntry entry,
            long closed) {}
}
