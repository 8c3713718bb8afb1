package io.tidings.dispatch;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Why nothing may leave this node: each cause by its name, with what a person should read. Messages are taken in
 * meanwhile, and what was sent is followed. Safe for use by many threads.
 */
public final class Holds {
    private final Map<String, String> reasons = new ConcurrentSkipListMap<>();

    /** Nothing is held. */
    public Holds() {}

    /** Nothing leaves until the cause is over. */
    public void hold(String cause, String reason) {
        reasons.put(cause, reason);
    }

    /** More is known of a cause, if nobody has released it meanwhile. */
    void replace(String cause, String reason) {
        reasons.replace(cause, reason);
    }

    /** The cause is over. */
    public void release(String cause) {
        reasons.remove(cause);
    }

    /** All of them, by cause. */
    public Map<String, String> all() {
        return Map.copyOf(reasons);
    }

    /** The reasons, if there are any. */
    public Optional<String> reason() {
        String all = String.join("; ", reasons.values());
        return all.isEmpty() ? Optional.empty() : Optional.of(all);
    }
}
