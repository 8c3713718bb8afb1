package io.tidings.sandbox;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Keeps the webhooks of one message in order: the next leaves when the one before it has ended. Safe for threads. */
final class CallbackLane {
    /** Guarded by this, as is all below. */
    private final Deque<Webhook> waiting = new ArrayDeque<>(4);

    private boolean busy;
    private boolean told;
    private @Nullable Runnable listener;

    /** Returns whether nobody works on this lane yet, so that the caller must. */
    synchronized boolean add(Webhook webhook) {
        waiting.add(webhook);
        boolean free = !busy;
        busy = true;
        return free;
    }

    synchronized @Nullable Webhook next() {
        Webhook next = waiting.poll();
        busy = next != null;
        return next;
    }

    /** Runs the action when the first webhook has ended. Until then the sandbox spares this lane its mishaps. */
    void whenTold(Runnable action) {
        synchronized (this) {
            if (!told) {
                listener = action;
                return;
            }
        }
        action.run();
    }

    synchronized boolean isAwaited() {
        return listener != null;
    }

    void tell() {
        Runnable action;
        synchronized (this) {
            told = true;
            action = listener;
            listener = null;
        }
        if (action != null) {
            action.run();
        }
    }
}
