package io.tidings.outbox;

import io.tidings.history.StoredMessage;
import io.tidings.message.Content;
import io.tidings.message.MessageId;
import io.tidings.message.OutboundMessage;
import io.tidings.message.PhoneNumber;
import io.tidings.message.TenantId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Which messages said the same to the same number. Not safe for use by several threads: the outbox holds its lock. */
final class MemoryTexts {
    private static final int KEPT = 8;

    private final Map<Text, TreeSet<MessageId>> ids = new HashMap<>();

    private record Text(TenantId tenant, PhoneNumber to, Content content) {}

    void add(StoredMessage stored) {
        TreeSet<MessageId> same = ids.computeIfAbsent(text(stored.message()), key -> new TreeSet<>());
        same.add(stored.id());
        if (same.size() > KEPT) {
            same.pollFirst();
        }
    }

    void remove(StoredMessage stored) {
        ids.getOrDefault(text(stored.message()), new TreeSet<>()).remove(stored.id());
    }

    /** The earlier ones, newest first. */
    List<MessageId> before(OutboundMessage message, MessageId id) {
        TreeSet<MessageId> same = ids.getOrDefault(text(message), new TreeSet<>());
        return List.copyOf(same.headSet(id, false).descendingSet());
    }

    private static Text text(OutboundMessage message) {
        return new Text(message.tenant(), message.to(), message.content());
    }
}
