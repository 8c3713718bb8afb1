package io.tidings.audit;

import io.tidings.account.TidingsSecret;
import io.tidings.audit.AuditChain.Link;
import io.tidings.audit.AuditVerdict.Broken;
import io.tidings.audit.AuditVerdict.Kind;
import java.security.PublicKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One run over one chain, record by record. For one thread. */
final class Verification {
    private final String chain;
    private final TidingsSecret secret;
    private final Map<Long, Checkpoint> checkpoints = new HashMap<>();
    private long highest;
    /** Entries without data, and where they are, until an erasure names them. */
    private final Map<String, Long> withoutData = new HashMap<>();

    private final Set<String> erased = new HashSet<>();
    /** Up to where recorded archivings took records away. */
    private final Set<String> archived = new HashSet<>();

    private long begins;
    private boolean started;
    private long sequence;
    private String hash = Canonical.ORIGIN;
    private String segment = "";
    private long inSegment;
    private boolean closed;
    private boolean countKnown = true;
    private long sound;
    private @Nullable Broken broken;

    Verification(String chain, TidingsSecret secret, List<Checkpoint> kept, @Nullable PublicKey key) {
        this.chain = chain;
        this.secret = secret;
        for (Checkpoint checkpoint : kept) {
            Checkpoint other = checkpoints.putIfAbsent(checkpoint.sequence(), checkpoint);
            if (!checkpoint.chain().equals(chain) || !checkpoint.isGenuine(secret, key)) {
                broken(
                        checkpoint.sequence(),
                        Kind.CHECKPOINT,
                        "a checkpoint is of another chain, or its signature or key is");
            } else if (other != null && !other.head().equals(checkpoint.head())) {
                broken(
                        checkpoint.sequence(),
                        Kind.CHECKPOINT,
                        "two checkpoints contradict each other: the chain forked");
            }
            highest = Math.max(highest, checkpoint.sequence());
        }
    }

    private void broken(long where, Kind kind, String what) {
        if (broken == null) {
            broken = new Broken(where, kind, what);
        }
    }

    /** An export begins here. */
    void follows(AuditJson.Header header) {
        if (broken != null) {
            return;
        }
        if (!header.chain().equals(chain)) {
            broken(sequence + 1, Kind.INSERTED, "the export is of another chain");
        } else if (started && (header.after() != sequence || !header.hash().equals(hash))) {
            broken(sequence + 1, Kind.MISSING, "the next export does not begin where the one before ends");
        } else if (!started) {
            start(header);
        }
    }

    private void start(AuditJson.Header header) {
        started = true;
        sequence = header.after();
        hash = header.hash();
        begins = sequence;
        countKnown = sequence == 0;
        if (sequence == 0 && !hash.equals(Canonical.ORIGIN)) {
            broken(1, Kind.ALTERED, "the export's first line is not as it was written");
        } else if (sequence > 0 && !checkpoints.isEmpty() && !checkpoints.containsKey(sequence)) {
            broken(1, Kind.MISSING, "no checkpoint vouches for the archived beginning; give the archives first");
        }
        hold();
    }

    /** The newest record must be what a checkpoint saw there. */
    private void hold() {
        Checkpoint checkpoint = checkpoints.get(sequence);
        if (checkpoint != null && !checkpoint.head().equals(hash)) {
            broken(sequence, Kind.ALTERED, "the chain differs from what a checkpoint saw");
        }
    }

    void unreadable() {
        broken(sequence + 1, Kind.ALTERED, "the line is not in the form it was written in");
    }

    void accept(Link link) {
        if (broken != null) {
            refine(broken, link);
        } else if (link.sequence() > sequence + 1) {
            broken(sequence + 1, Kind.MISSING, "the record is not there");
        } else if (link.sequence() <= sequence) {
            broken(sequence + 1, Kind.INSERTED, "record " + link.sequence() + " comes again instead");
        } else if (!isGenuine(link)) {
            broken(link.sequence(), Kind.ALTERED, "the record is not what its hash was made of");
        } else {
            step(link);
        }
    }

    /** What comes behind the break tells more about its kind. */
    private void refine(Broken first, Link link) {
        if (link.sequence() != first.sequence()) {
            return;
        }
        if (first.kind() == Kind.MISSING) {
            broken = new Broken(first.sequence(), Kind.REORDERED, "the record comes later");
        } else if (first.kind() == Kind.ALTERED && sequence + 1 == first.sequence() && isGenuine(link)) {
            broken = new Broken(first.sequence(), Kind.INSERTED, "a foreign record stands before the genuine one");
        }
    }

    private boolean isGenuine(Link link) {
        AuditEntry entry = link.entry();
        // The hash covers neither: an entry's time is its record's, and an entry closes nothing.
        if (entry != null && (!entry.at().equals(link.at()) || link.closed() != 0)) {
            return false;
        }
        return secret.key(TidingsSecret.Purpose.AUDIT, link.key())
                .map(key -> Links.hash(chain, hash, link, key).equals(link.hash()))
                .orElse(false);
    }

    private void step(Link link) {
        boolean next = link.segment().compareTo(segment) > 0;
        AuditEntry entry = link.entry();
        if ((next && !segment.isEmpty() && !closed)
                || (!next && closed)
                || link.segment().compareTo(segment) < 0) {
            broken(link.sequence(), Kind.ALTERED, "a segment has no end, or goes on behind its end");
        } else if (entry == null && countKnown && link.closed() != (next ? 0 : inSegment)) {
            broken(link.sequence(), Kind.ALTERED, "the segment's end counts other records than there are");
        } else if (entry != null && !keepsItsWord(entry, link.sequence())) {
            broken(link.sequence(), Kind.ALTERED, "the data are not what the record commits to");
        } else {
            countKnown |= next && !segment.isEmpty();
            inSegment = next ? 1 : inSegment + 1;
            segment = link.segment();
            closed = entry == null;
            sequence = link.sequence();
            hash = link.hash();
            sound++;
            hold();
        }
    }

    private boolean keepsItsWord(AuditEntry entry, long where) {
        AuditData data = entry.data();
        if (data == null) {
            withoutData.put(entry.id().toString(), where);
            return true;
        }
        if (!data.commitment().equals(entry.commitment())) {
            return false;
        }
        if (entry.action().equals(Action.ERASED)) {
            erased.addAll(List.of(
                    data.details().getOrDefault(AuditTrail.ERASED_ENTRIES, "").split(",", -1)));
        }
        if (entry.action().equals(Action.ARCHIVED)) {
            archived.add(data.details().getOrDefault(AuditTrail.ARCHIVED_THROUGH, ""));
        }
        return true;
    }

    AuditVerdict finish() {
        if (broken == null
                && begins > 0
                && !checkpoints.containsKey(begins)
                && !archived.contains(Long.toString(begins))) {
            broken(1, Kind.MISSING, "the beginning is gone, and neither an archiving nor a checkpoint tells of it");
        }
        if (broken == null && highest > sequence) {
            broken(sequence + 1, Kind.TRUNCATED, "a checkpoint has seen " + highest + " records");
        }
        if (broken == null) {
            withoutData.entrySet().stream()
                    .filter(each -> !erased.contains(each.getKey()))
                    .mapToLong(Map.Entry::getValue)
                    .min()
                    .ifPresent(
                            where -> broken(where, Kind.ALTERED, "the data are gone, and no erasure names the entry"));
        }
        return new AuditVerdict(sound, broken);
    }
}
