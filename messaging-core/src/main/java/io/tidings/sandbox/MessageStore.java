package io.tidings.sandbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All messages of all accounts, newest last. Guarded by the network's lock. */
final class MessageStore {
    private final List<Message> all = new ArrayList<>();
    private final Map<String, Message> bySid = new HashMap<>();
    private final Map<String, List<Message>> byTo = new HashMap<>();
    private final Identity identities = new Identity();
    private final Sids sids;

    MessageStore(Sids sids) {
        this.sids = sids;
    }

    Message add(Account account, Draft draft, String status, Instant created) {
        String sid = sids.next(draft.media().isEmpty() ? "SM" : "MM");
        long identity = identities.next(
                Identity.of(draft.from(), draft.service(), draft.to(), draft.body(), String.join(" ", draft.media())));
        Message message = new Message(sid, new Message.Place(account, all.size(), identity), draft, status, created);
        all.add(message);
        bySid.put(sid, message);
        byTo.computeIfAbsent(draft.to(), any -> new ArrayList<>()).add(message);
        return message;
    }

    @Nullable
    Message find(String sid) {
        Message message = bySid.get(sid);
        return message == null || message.deleted ? null : message;
    }

    /** Returns whether there ever was such a message; page tokens outlive deletions. */
    @Nullable
    Message findEver(String sid) {
        return bySid.get(sid);
    }

    List<Message> oldestFirst(@Nullable String to) {
        Stream<Message> candidates = to == null ? all.stream() : byTo.getOrDefault(to, List.of()).stream();
        return candidates.filter(each -> !each.deleted).toList();
    }
}
