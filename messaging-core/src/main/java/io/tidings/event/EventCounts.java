package io.tidings.event;

/**
 * How many events are not told yet.
 *
 * @param waiting due now or later
 * @param setAside given up after too many tries, until an operator lets them begin anew
 */
public record EventCounts(long waiting, long setAside) {}
