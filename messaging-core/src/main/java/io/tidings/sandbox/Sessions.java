package io.tidings.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * WhatsApp's windows: for 24 hours after a user's last message to a sender, that sender may write freely. Guarded by the
 * network's lock.
 */
final class Sessions {
    private static final Duration WINDOW = Duration.ofHours(24);

    private final Map<Pair, Instant> lastHeard = new HashMap<>();

    void heard(String user, String sender, Instant now) {
        lastHeard.put(new Pair(user, sender), now);
    }

    boolean isOpen(String user, String sender, Instant now) {
        Instant last = lastHeard.get(new Pair(user, sender));
        return last != null && now.isBefore(last.plus(WINDOW));
    }

    private record Pair(String user, String sender) {}
}
