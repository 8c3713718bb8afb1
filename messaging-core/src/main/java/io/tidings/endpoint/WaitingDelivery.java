package io.tidings.endpoint;

import java.time.Instant;

/**
 * A delivery that has not succeeded yet, as an operator sees it.
 *
 * @param delivery which, and how often it was claimed
 * @param dueAt when it is tried next, or how long whoever tries it now may take; without a meaning if it was set aside
 * @param setAside whether it was tried for the last time, until somebody lets it begin anew
 */
public record WaitingDelivery(Delivery delivery, Instant dueAt, boolean setAside) {}
