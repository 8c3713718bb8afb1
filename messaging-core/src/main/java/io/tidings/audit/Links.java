package io.tidings.audit;

import io.tidings.audit.AuditChain.Head;
import io.tidings.audit.AuditChain.Link;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/** How a record is made from the one before it. Pure. */
final class Links {
    private Links() {}

    static String month(Instant at) {
        return YearMonth.from(at.atZone(ZoneOffset.UTC)).toString();
    }

    static Link entry(Head head, AuditEntry entry, String keyId, SecretKey key) {
        String month = month(entry.at());
        String segment = month.compareTo(head.segment()) > 0 ? month : head.segment();
        return hashed(
                head.chain(),
                head.hash(),
                new Link(head.sequence() + 1, segment, keyId, "", entry.at(), entry, 0),
                key);
    }

    static Link closing(Head head, Instant now, String keyId, SecretKey key) {
        Instant at = now.truncatedTo(ChronoUnit.MICROS);
        return hashed(
                head.chain(),
                head.hash(),
                new Link(head.sequence() + 1, head.segment(), keyId, "", at, null, head.inSegment()),
                key);
    }

    private static Link hashed(String chain, String previous, Link link, SecretKey key) {
        String hash = hash(chain, previous, link, key);
        return new Link(link.sequence(), link.segment(), link.key(), hash, link.at(), link.entry(), link.closed());
    }

    static String hash(String chain, String previous, Link link, SecretKey key) {
        AuditEntry entry = link.entry();
        Canonical form = new Canonical(entry == null ? "tidings-audit-close-1" : "tidings-audit-entry-1")
                .field(chain)
                .field(previous)
                .field(link.sequence())
                .field(link.segment())
                .field(link.key())
                .time(link.at());
        return (entry == null ? form.field(link.closed()) : fields(form, entry)).mac(key);
    }

    private static Canonical fields(Canonical form, AuditEntry entry) {
        return form.field(entry.id())
                .field(entry.tenant())
                .field(entry.actor().kind())
                .field(entry.actor().name())
                .field(entry.action())
                .field(entry.message())
                .field(entry.place().node())
                .field(entry.place().environment())
                .field(entry.commitment());
    }

    /** Whether a record closes its segment. */
    static boolean closes(@Nullable Link link) {
        return link != null && link.entry() == null && link.closed() > 0;
    }
}
