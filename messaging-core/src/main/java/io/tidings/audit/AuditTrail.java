package io.tidings.audit;

import io.tidings.account.TidingsSecret;
import io.tidings.audit.AuditChain.Head;
import io.tidings.audit.AuditChain.Link;
import io.tidings.message.PhoneNumber;
import io.tidings.message.TenantId;
import io.tidings.message.TimeSource;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** The audit trail, to be looked at, proved, handed out and cleaned. Safe for use by many threads. */
public final class AuditTrail {
    /** The detail of an erasure that names the entries: their ids with commas between. */
    static final String ERASED_ENTRIES = "entries";

    /** The detail of an archiving that names its last record. */
    static final String ARCHIVED_THROUGH = "through";

    private static final int PAGE = 500;
    private static final int ERASED_AT_ONCE = 100;

    private final AuditStore store;
    private final AuditChain chain;
    private final AuditLog journal;
    private final TidingsSecret secret;
    private final Sealer sealer;

    /** Over these stores; the secret seals and verifies. */
    public AuditTrail(
            AuditStore store,
            AuditChain chain,
            AuditLog log,
            AuditSettings settings,
            TidingsSecret secret,
            TimeSource time) {
        this.store = store;
        this.chain = chain;
        this.journal = log;
        this.secret = secret;
        this.sealer = new Sealer(chain, settings, secret, time);
    }

    /** Begins to record an act of the host's own; run {@link AuditLog.Draft#record} in the act's transaction. */
    public AuditLog log() {
        return journal;
    }

    /** Entries that fit, newest first. */
    public List<AuditEntry> search(AuditQuery query) {
        return store.search(query);
    }

    /** How many entries there are in a span of time, by day (UTC), action and actor. */
    public List<AuditStore.Count> statistics(Instant from, Instant until) {
        return store.counts(from, until);
    }

    /** Seals what is committed and not sealed yet. Happens by itself; call it to wait for it. */
    public void seal() {
        sealer.seal();
    }

    /** Whether checkpoints or copies wait for a sink that failed. */
    public boolean isOwing() {
        return sealer.isOwing();
    }

    /** Seals, and makes a signed checkpoint now; the sink gets it too. */
    public Checkpoint checkpoint() {
        return sealer.checkpoint();
    }

    /** Seals the rest and hands out the last checkpoint. */
    public void close() {
        sealer.close();
    }

    /**
     * Seals and verifies the chain as it is stored. Only an export that is held to checkpoints kept elsewhere shows that
     * the end is missing: see {@link AuditVerifier}.
     */
    public AuditVerdict verify() {
        sealer.seal();
        Head head = chain.head(Sealer.CHAIN);
        Verification run = AuditVerifier.with(secret).begin(Sealer.CHAIN);
        run.follows(new AuditJson.Header(Sealer.CHAIN, head.archived(), head.archivedHash()));
        long last = head.archived();
        for (List<Link> page = page(last); !page.isEmpty(); page = page(last)) {
            page.forEach(run::accept);
            last = page.get(page.size() - 1).sequence();
            if (page.size() < PAGE) {
                sealer.seal();
            }
        }
        return run.finish();
    }

    private List<Link> page(long after) {
        return chain.after(Sealer.CHAIN, after, PAGE);
    }

    /**
     * Seals and writes the chain, one line of JSON for each record, a page at a time. It holds the data of people that
     * are not erased: keep it where such data belong.
     */
    public void export(Appendable out) throws IOException {
        sealer.seal();
        Head head = chain.head(Sealer.CHAIN);
        write(out, head, Long.MAX_VALUE);
    }

    private void write(Appendable out, Head head, long through) throws IOException {
        AuditJson.Header header = new AuditJson.Header(Sealer.CHAIN, head.archived(), head.archivedHash());
        out.append(AuditJson.line(header)).append('\n');
        long last = head.archived();
        for (List<Link> page = page(last); !page.isEmpty() && last < through; page = page(last)) {
            for (Link link : page) {
                if (link.sequence() <= through) {
                    out.append(AuditJson.line(link)).append('\n');
                }
                last = link.sequence();
            }
        }
    }

    /**
     * Writes all closed segments in the form of {@link #export}, and then removes them from the store. What is left goes
     * on from there: verify the archive and an export together. Returns how many records were archived.
     *
     * <p>If writing throws, nothing is removed. An erasure cannot reach into an archive: erase first, or keep archives no
     * longer than the data may be kept.
     */
    public long archive(Appendable out) throws IOException {
        sealer.seal();
        Head head = chain.head(Sealer.CHAIN);
        Link end = null;
        long last = head.archived();
        for (List<Link> page = page(last); !page.isEmpty(); page = page(last)) {
            end = page.stream().filter(Links::closes).reduce(end, (before, later) -> later);
            last = page.get(page.size() - 1).sequence();
        }
        if (end == null) {
            return 0;
        }
        write(out, head, end.sequence());
        Link through = end;
        journal.transactions().execute(() -> {
            chain.archive(Sealer.CHAIN, through);
            journal.act(Action.ARCHIVED)
                    .detail(ARCHIVED_THROUGH, Long.toString(through.sequence()))
                    .record();
        });
        return through.sequence() - head.archived();
    }

    /**
     * Destroys the content of all entries of a tenant that concern this person, and records that. The chain stays as
     * provable as before. Returns how many entries there were.
     */
    public int erase(TenantId tenant, PhoneNumber person) {
        return journal.transactions().run(() -> {
            int erased = 0;
            for (List<UUID> ids = some(tenant, person); !ids.isEmpty(); ids = some(tenant, person)) {
                journal.act(Action.ERASED)
                        .tenant(tenant)
                        .detail(ERASED_ENTRIES, ids.stream().map(UUID::toString).collect(Collectors.joining(",")))
                        .record();
                erased += ids.size();
            }
            return erased;
        });
    }

    private List<UUID> some(TenantId tenant, PhoneNumber person) {
        return store.erase(tenant, person, ERASED_AT_ONCE);
    }
}
