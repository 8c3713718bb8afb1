package io.tidings.event;

/** What an operator sees of events and does about them. Safe for use by many threads. */
public final class EventDesk {
    private final EventStore store;
    private final EventDispatcher dispatcher;

    /** Over this store and whoever tells what is in it. */
    public EventDesk(EventStore store, EventDispatcher dispatcher) {
        this.store = store;
        this.dispatcher = dispatcher;
    }

    /** How many events wait, and how many were set aside because a listener failed too often. */
    public EventCounts counts() {
        return store.counts();
    }

    /** Lets all events that were set aside begin anew, and returns how many those were. */
    public int retryAll() {
        int again = store.retryAll();
        dispatcher.wake();
        return again;
    }
}
