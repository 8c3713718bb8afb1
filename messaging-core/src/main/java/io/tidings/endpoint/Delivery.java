package io.tidings.endpoint;

import io.tidings.event.EventRow;

/**
 * An event on its way to an endpoint.
 *
 * @param place its row; grows, with gaps
 * @param endpoint which, by its name
 * @param event the event, and how often this delivery was claimed
 */
public record Delivery(long place, String endpoint, EventRow event) {

    /** How often it was claimed. */
    public int tries() {
        return event.tries();
    }
}
