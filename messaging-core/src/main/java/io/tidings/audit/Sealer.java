package io.tidings.audit;

import io.tidings.account.TidingsSecret;
import io.tidings.audit.AuditChain.Head;
import io.tidings.audit.AuditChain.Link;
import io.tidings.message.TimeSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import javax.crypto.SecretKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts committed entries into the chain, closes segments, and hands out checkpoints and copies. One at a time per
 * process; between processes the store's guard decides. Safe for use by many threads.
 */
final class Sealer {
    static final String CHAIN = "main";
    private static final Logger log = LoggerFactory.getLogger(Sealer.class);
    private static final int BATCH = 500;
    private static final int CHECKPOINT_RECORDS = 1_000;
    private static final int MOST_CHECKPOINTS = 100;
    private static final int MOST_COPIES = 10_000;

    private final AuditChain chain;
    private final AuditSettings settings;
    private final TidingsSecret secret;
    private final TimeSource time;
    /** Guarded by this, as all below. */
    private final Deque<Checkpoint> checkpoints = new ArrayDeque<>();

    private final Deque<AuditEntry> copies = new ArrayDeque<>();
    private long vouched;
    private long vouchedAt;

    Sealer(AuditChain chain, AuditSettings settings, TidingsSecret secret, TimeSource time) {
        this.chain = chain;
        this.settings = settings;
        this.secret = secret;
        this.time = time;
        this.vouchedAt = time.nanos();
    }

    /** Seals all that is committed. */
    synchronized void seal() {
        while (sealBatch()) {
            log.debug("a batch of audit entries was sealed");
        }
        Head head = chain.head(CHAIN);
        if (head.sequence() - vouched >= CHECKPOINT_RECORDS
                || time.nanos() - vouchedAt >= settings.checkpointEvery().toNanos()) {
            vouch(head);
        }
        deliver();
    }

    /** Whether something is still to be handed out. */
    synchronized boolean isOwing() {
        return !checkpoints.isEmpty() || !copies.isEmpty();
    }

    private boolean sealBatch() {
        Head head = chain.head(CHAIN);
        List<AuditEntry> entries = chain.unsealed(BATCH);
        List<Link> links = new ArrayList<>(entries.size() + 1);
        List<Head> ends = new ArrayList<>();
        String keyId = secret.currentKeyId();
        SecretKey key = secret.currentKey(TidingsSecret.Purpose.AUDIT);
        Head next = head;
        boolean closed = head.inSegment() == 0;
        for (AuditEntry entry : entries) {
            String month = Links.month(entry.at());
            if (!closed && month.compareTo(next.segment()) > 0) {
                next = add(links, next, Links.closing(next, time.instant(), keyId, key));
                ends.add(next);
            }
            next = add(links, next, Links.entry(next, entry, keyId, key));
            closed = false;
        }
        if (links.isEmpty() || !chain.seal(head, next, links)) {
            return false;
        }
        ends.forEach(this::vouch);
        links.stream().map(Link::entry).forEach(this::copy);
        return true;
    }

    private static Head add(List<Link> links, Head head, Link link) {
        links.add(link);
        return head.moved(link);
    }

    private void copy(@org.jspecify.annotations.Nullable AuditEntry entry) {
        if (entry != null) {
            copies.add(entry);
            if (copies.size() > MOST_COPIES) {
                copies.remove();
            }
        }
    }

    /** Seals, and makes a checkpoint of the newest record. */
    synchronized Checkpoint checkpoint() {
        seal();
        Head head = chain.head(CHAIN);
        Checkpoint made = vouch(head);
        deliver();
        return made;
    }

    /** Hands out a last checkpoint, if anything is new. */
    synchronized void close() {
        seal();
        Head head = chain.head(CHAIN);
        if (head.sequence() > vouched) {
            vouch(head);
        }
        deliver();
    }

    private Checkpoint vouch(Head head) {
        Checkpoint made = Checkpoint.of(head, time.instant(), secret, settings.signing());
        if (head.sequence() > vouched) {
            checkpoints.add(made);
            vouched = head.sequence();
        }
        vouchedAt = time.nanos();
        if (checkpoints.size() > MOST_CHECKPOINTS) {
            checkpoints.remove();
        }
        return made;
    }

    private void deliver() {
        deliver(checkpoints, settings.checkpoints()::accept, "checkpoint sink");
        deliver(copies, settings.mirror()::accept, "audit mirror");
    }

    private static <T> void deliver(Deque<T> waiting, Consumer<T> taker, String who) {
        try {
            for (T next = waiting.peek(); next != null; next = waiting.peek()) {
                taker.accept(next);
                waiting.remove();
            }
        } catch (RuntimeException e) {
            // Its message may hold what was handed in.
            log.warn(
                    "the {} failed with {} and is tried again; {} wait for it",
                    who,
                    e.getClass().getName(),
                    waiting.size());
        }
    }
}
