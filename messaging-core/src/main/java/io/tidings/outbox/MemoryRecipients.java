package io.tidings.outbox;

import io.tidings.history.StoredMessage;
import io.tidings.message.Category;
import io.tidings.message.MessageId;
import io.tidings.message.OutboundMessage;
import io.tidings.message.PhoneNumber;
import io.tidings.message.TenantId;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Which messages went to whom. Not safe for use by several threads: the outbox holds its lock. */
final class MemoryRecipients {
    private final Map<Person, NavigableMap<MessageId, Category>> messages = new HashMap<>();

    private record Person(TenantId tenant, PhoneNumber number) {}

    void add(StoredMessage stored) {
        messages.computeIfAbsent(person(stored.message()), key -> new TreeMap<>())
                .put(stored.id(), stored.message().category());
    }

    void remove(StoredMessage stored) {
        messages.computeIfPresent(person(stored.message()), (key, theirs) -> {
            theirs.remove(stored.id());
            return theirs.isEmpty() ? null : theirs;
        });
    }

    /** The earlier ones, newest first: a view, because only the first few are ever looked at. */
    NavigableMap<MessageId, Category> before(OutboundMessage message, MessageId id) {
        return messages.getOrDefault(person(message), Collections.emptyNavigableMap())
                .headMap(id, false)
                .descendingMap();
    }

    private static Person person(OutboundMessage message) {
        return new Person(message.tenant(), message.to());
    }
}
