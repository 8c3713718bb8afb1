package io.tidings.test;

import io.tidings.audit.Action;
import io.tidings.audit.Actor;
import io.tidings.audit.AuditChain.Head;
import io.tidings.audit.AuditChain.Link;
import io.tidings.audit.AuditData;
import io.tidings.audit.AuditEntry;
import io.tidings.audit.AuditQuery;
import io.tidings.message.MessageId;
import io.tidings.message.PhoneNumber;
import io.tidings.message.TenantId;
import io.tidings.outbox.Stores;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Audit entries and links with made-up hashes: a store neither makes nor checks one. */
final class AuditScene {
    static final String CHAIN = "main";
    static final String SEGMENT = "2020-03";

    private AuditScene() {}

    static PhoneNumber person(int which) {
        return new PhoneNumber("+1202555%04d".formatted(8000 + which));
    }

    /** Entry 1 is older than entry 2, and so on; each concerns a person and a message of its own. */
    static AuditEntry entry(int which) {
        AuditData data =
                new AuditData("ab".repeat(32), person(which), "because " + which, Map.of("b", "2", "a", "é 🎉"));
        return new AuditEntry(
                new UUID(0x4000, which),
                StoreContract.LONG_AGO.plusSeconds(which).plusNanos(123_456_000),
                TenantId.DEFAULT,
                Actor.user("u-" + which),
                Action.MESSAGE_SENT,
                new MessageId(new UUID(0x7000, which)),
                new AuditEntry.Place("node-a", "test"),
                data.commitment(),
                data);
    }

    static String hash(long sequence) {
        return "%064x".formatted(sequence);
    }

    static Link link(long sequence, AuditEntry entry) {
        return new Link(sequence, SEGMENT, "0badcafe", hash(sequence), entry.at(), entry, 0);
    }

    static Link closing(long sequence) {
        return new Link(sequence, SEGMENT, "0badcafe", hash(sequence), StoreContract.LONG_AGO, null, sequence - 1);
    }

    static Head head(long sequence) {
        return new Head(
                CHAIN,
                sequence,
                hash(sequence),
                SEGMENT,
                sequence,
                0,
                Head.start(CHAIN).hash());
    }

    /** Entry 1 sealed, entry 2 not. */
    static void fill(Stores stores) {
        stores.audit().append(List.of(entry(1), entry(2)));
        stores.chain().seal(Head.start(CHAIN), head(1), List.of(link(1, entry(1))));
    }

    static void seal(Stores stores) {
        stores.chain().seal(head(1), head(2), List.of(link(2, entry(2))));
    }

    static void archive(Stores stores) {
        stores.chain().archive(CHAIN, stores.chain().after(CHAIN, 0, 1).get(0));
    }

    static List<Object> everything(Stores stores) {
        return List.of(
                stores.audit().search(AuditQuery.all()),
                stores.audit().counts(StoreContract.LONG_AGO, StoreContract.FAR_FUTURE),
                stores.chain().unsealed(10),
                stores.chain().head(CHAIN),
                stores.chain().after(CHAIN, 0, 10));
    }
}
