package io.tidings.sandbox;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** Counts what comes too often within half a minute. Runs under the network's lock. */
final class Crowd {
    private static final long WINDOW_NANOS = 30_000_000_000L;

    private final SandboxClock clock;
    private final int most;
    private final Map<String, Deque<Long>> recent = new HashMap<>();

    Crowd(SandboxClock clock, int most) {
        this.clock = clock;
        this.most = most;
    }

    /** Counts one, unless as many as may be are there already. */
    boolean isTooMuch(String what) {
        long now = clock.nanos();
        Deque<Long> times = recent.computeIfAbsent(what, any -> new ArrayDeque<>());
        while (!times.isEmpty() && now - times.getFirst() >= WINDOW_NANOS) {
            times.removeFirst();
        }
        if (times.size() >= most) {
            return true;
        }
        times.addLast(now);
        return false;
    }
}
