package io.tidings.spring.observe;

import io.tidings.alert.AlertStore;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which alerts this node is to tell: those it watches and whose standing, as all nodes know it, is no longer so. One that was
 * told is marked afterwards, so that another node tells it if this one ends in between. Safe for use by many threads.
 */
final class Watch {
    private final AlertStore store;
    private final String node;
    private final Duration lease;
    /** Given out and not yet marked. Guarded by this. */
    private final Set<String> underWay = new HashSet<>();

    Watch(AlertStore store, String node, Duration lease) {
        this.store = store;
        this.node = node;
        this.lease = lease;
    }

    /** Of these states, what this node is to tell now. Each that is returned must be handed to {@link #told}. */
    synchronized List<TidingsAlert> changed(List<TidingsAlert> states) {
        return states.stream().filter(this::isNews).toList();
    }

    private boolean isNews(TidingsAlert state) {
        String name = state.getClass().getSimpleName();
        boolean changes = store.watch(name, node, lease)
                .map(stands -> stands != state.isRaised())
                .orElse(false);
        return changes && underWay.add(name);
    }

    /** It was told, or could not be. If it cannot be marked it is told again. */
    synchronized void told(TidingsAlert alert) {
        String name = alert.getClass().getSimpleName();
        underWay.remove(name);
        store.mark(name, node, alert.isRaised());
    }

    /** Lets another node watch at once. */
    void leave() {
        store.leave(node);
    }
}
