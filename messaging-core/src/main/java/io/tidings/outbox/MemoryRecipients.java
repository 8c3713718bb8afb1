package io.tidings.outbox;

import io.tidings.history.StoredMessage;
import io.tidings.message.Category;
import io.tidings.message.MessageId;
import io.tidings.message.OutboundMessage;
import io.tidings.message.PhoneNumber;
import io.tidings.message.TenantId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which messages went to whom. Not safe for use by several threads: the outbox holds its lock. */
final class MemoryRecipients {
    /** Oldest first. Ids grow with time, so a new message nearly always goes to the end. */
    private final Map<Person, List<Earlier>> messages = new HashMap<>();

    private record Person(TenantId tenant, PhoneNumber number) {}

    /** One message to a recipient. */
    record Earlier(MessageId id, Category category) {}

    void add(StoredMessage stored) {
        List<Earlier> theirs = messages.computeIfAbsent(person(stored.message()), key -> new ArrayList<>(4));
        theirs.add(
                olderThan(stored.id(), theirs),
                new Earlier(stored.id(), stored.message().category()));
    }

    void remove(StoredMessage stored) {
        messages.computeIfPresent(person(stored.message()), (key, theirs) -> {
            int place = olderThan(stored.id(), theirs);
            if (place < theirs.size() && theirs.get(place).id().equals(stored.id())) {
                theirs.remove(place);
            }
            return theirs.isEmpty() ? null : theirs;
        });
    }

    /** The earlier ones, oldest first: a view, because only the last few are ever looked at. */
    List<Earlier> before(OutboundMessage message, MessageId id) {
        List<Earlier> theirs = messages.getOrDefault(person(message), List.of());
        return theirs.subList(0, olderThan(id, theirs));
    }

    /** How many are older, which is where the message itself is or belongs. */
    private static int olderThan(MessageId id, List<Earlier> theirs) {
        int from = 0;
        int to = theirs.size();
        if (to > 0 && theirs.get(to - 1).id().compareTo(id) < 0) {
            return to;
        }
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (theirs.get(middle).id().compareTo(id) < 0) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    private static Person person(OutboundMessage message) {
        return new Person(message.tenant(), message.to());
    }
}
