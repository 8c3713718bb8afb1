package io.tidings.outbox;

import io.tidings.history.StoredMessage;
import io.tidings.message.Content;
import io.tidings.message.MessageId;
import io.tidings.message.OutboundMessage;
import io.tidings.message.PhoneNumber;
import io.tidings.message.TenantId;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/** Which messages said the same to the same number. Not safe for use by several threads: the outbox holds its lock. */
final class MemoryTexts {
    private final Map<Text, NavigableSet<MessageId>> ids = new HashMap<>();

    private record Text(TenantId tenant, PhoneNumber to, Content content) {}

    void add(StoredMessage stored) {
        ids.computeIfAbsent(text(stored.message()), key -> new TreeSet<>()).add(stored.id());
    }

    void remove(StoredMessage stored) {
        ids.computeIfPresent(text(stored.message()), (key, same) -> {
            same.remove(stored.id());
            return same.isEmpty() ? null : same;
        });
    }

    /** The earlier ones, newest first: a view, because only the first few are ever looked at. */
    NavigableSet<MessageId> before(OutboundMessage message, MessageId id) {
        NavigableSet<MessageId> same = ids.getOrDefault(text(message), Collections.emptyNavigableSet());
        return same.headSet(id, false).descendingSet();
    }

    private static Text text(OutboundMessage message) {
        return new Text(message.tenant(), message.to(), message.content());
    }
}
