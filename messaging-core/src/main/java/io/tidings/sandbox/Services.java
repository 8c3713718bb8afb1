package io.tidings.sandbox;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The account's messaging services, and the choice of a sender from their pools. Guarded by the network's lock. */
final class Services {
    private final Map<String, MessagingService> bySid = new LinkedHashMap<>();
    private final Sids sids;
    private final Senders senders;

    Services(Sids sids, Senders senders) {
        this.sids = sids;
        this.senders = senders;
    }

    MessagingService create(String friendlyName, Instant now) {
        MessagingService service = new MessagingService(sids.next("MG"), friendlyName, now);
        bySid.put(service.sid, service);
        return service;
    }

    @Nullable
    MessagingService find(@Nullable String sid) {
        return sid == null ? null : bySid.get(sid);
    }

    void remove(MessagingService service) {
        senders.ofService(service.sid).forEach(each -> each.serviceSid(null));
        bySid.remove(service.sid);
    }

    List<MessagingService> all() {
        return List.copyOf(bySid.values());
    }

    /** Returns the sender of the last message to this recipient, else the nearest, else the one with the shortest queue. */
    @Nullable
    Sender choose(MessagingService service, String to, long now) {
        List<Sender> pool = senders.ofService(service.sid);
        Sender sticky = service.stickySender ? service.sticky.get(to) : null;
        Sender chosen = sticky != null && pool.contains(sticky)
                ? sticky
                : pool.stream()
                        .filter(each -> each.reaches(to))
                        .min(Comparator.<Sender, Boolean>comparing(each -> !each.isNear(to))
                                .thenComparing(each -> each.queue().startAt(now)))
                        .orElse(null);
        if (chosen != null) {
            service.sticky.put(to, chosen);
        }
        return chosen;
    }
}
