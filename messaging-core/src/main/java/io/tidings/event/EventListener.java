package io.tidings.event;

/**
 * Told of events.
 *
 * <p>Runs on a thread of Tidings inside a transaction of the stores, in which the event is marked as told: what a listener
 * writes there, or sends, is there if and only if the event counts as told. If any listener of an event throws, all of
 * that is undone and all of them are told again later; so whatever a listener does elsewhere must be harmless when it is
 * done again. A listener never changes what has happened. It must not wait for the network: a connection, and in memory a
 * lock, is held meanwhile.
 *
 * @param <E> which events
 */
@FunctionalInterface
public interface EventListener<E extends MessagingEvent> {

    /** Something has happened. Whatever it throws, it is called again later, until the tries are used up. */
    void on(E event) throws Exception;
}
