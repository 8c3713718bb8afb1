package io.tidings.event;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Who is told of what on this node. Listeners may come while events are told. Safe for use by many threads. */
public final class EventListeners {
    private record Entry<E extends MessagingEvent>(Class<E> type, EventListener<? super E> listener) {
        void tell(MessagingEvent event) throws Exception {
            if (type.isInstance(event)) {
                listener.on(type.cast(event));
            }
        }
    }

    private record Follower(Set<EventKind> kinds, Consumer<EventRow> told) {}

    private volatile List<Entry<?>> entries = List.of();
    private volatile List<Follower> followers = List.of();
    private volatile Set<EventKind> heard = Set.of();
    private volatile Set<EventKind> written = Set.of();

    /** Nobody is told of anything. */
    public EventListeners() {}

    /** Tells this listener of events of the type from now on, after those that came before it. */
    public synchronized <E extends MessagingEvent> void add(Class<E> type, EventListener<? super E> listener) {
        List<Entry<?>> more = new ArrayList<>(entries);
        more.add(new Entry<>(type, listener));
        entries = List.copyOf(more);
        heard = union(heard, EventKind.of(type));
        written = union(written, heard);
    }

    /**
     * Gives the rows of these kinds themselves to a follower from now on, before the listeners and in their transaction:
     * for those who hand an event on and read it later.
     */
    public synchronized void follow(Set<EventKind> kinds, Consumer<EventRow> follower) {
        List<Follower> more = new ArrayList<>(followers);
        more.add(new Follower(Set.copyOf(kinds), follower));
        followers = List.copyOf(more);
        heard = union(heard, kinds);
        written = union(written, heard);
    }

    /** Writes events of the type although nobody on this node is told of them: another node may be. */
    public synchronized void write(Class<? extends MessagingEvent> type) {
        written = union(written, EventKind.of(type));
    }

    private static Set<EventKind> union(Set<EventKind> some, Set<EventKind> others) {
        EnumSet<EventKind> all = EnumSet.noneOf(EventKind.class);
        all.addAll(some);
        all.addAll(others);
        return Set.copyOf(all);
    }

    /** Whether an event of this kind is to be written. */
    public boolean wants(EventKind kind) {
        return written.contains(kind);
    }

    /** The kinds that somebody on this node is told of. */
    public Set<EventKind> heard() {
        return heard;
    }

    void tell(EventRow row, MessagingEvent event) throws Exception {
        for (Follower follower : followers) {
            if (follower.kinds.contains(row.what().kind())) {
                follower.told.accept(row);
            }
        }
        for (Entry<?> entry : entries) {
            entry.tell(event);
        }
    }
}
