package io.tidings.endpoint;

import io.tidings.event.EventCounts;
import io.tidings.event.EventRow;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * Events that wait for endpoints. Appending joins the transaction in which the event is told. A claim is a lease, as in
 * {@link io.tidings.event.EventStore}: whoever claimed last may finish a row. In no order; receivers go by the event's
 * number.
 *
 * <p>Implementations are safe for use by many threads.
 */
public interface DeliveryStore {

    /** Adds a delivery of the event to each of these endpoints, due at once. */
    void append(EventRow event, Collection<String> endpoints);

    /** Claims deliveries to an endpoint that are due, and counts the claim; none while the endpoint is disabled. */
    List<Delivery> claim(String endpoint, int limit, Duration lease);

    /** Removes a delivery whose claim still holds. Returns false, and changes nothing, if it is not the caller's. */
    boolean finish(Delivery claimed);

    /** Gives a delivery back, due after this wait. Returns false if it is not the caller's any more. */
    boolean postpone(Delivery claimed, Duration wait);

    /** Sets a delivery aside until {@link #retryAll}. Returns false if it is not the caller's any more. */
    boolean setAside(Delivery claimed);

    /** Lets all deliveries to an endpoint that were set aside begin anew, and returns how many those were. */
    int retryAll(String endpoint);

    /** Lets a delivery to an endpoint that was set aside begin anew. Returns false, and changes nothing, if it was not. */
    boolean retry(String endpoint, long place);

    /**
     * Deliveries to an endpoint that wait or were set aside, in the order of their places, behind this one. Those that
     * cannot be read are left out and made up for, so fewer than the limit are the last.
     */
    List<WaitingDelivery> waiting(String endpoint, long behind, int limit);

    /** How many deliveries to an endpoint wait, and how many were set aside. */
    EventCounts counts(String endpoint);

    /** Removes all deliveries about these subjects, for example of an erased person, and returns how many. */
    int forget(Collection<String> subjects);

    /** Removes deliveries that were added longer ago than this, at most so many, and returns how many. */
    int removeOlderThan(Duration age, int limit);
}
