package io.tidings.event;

/**
 * An event that was not told yet.
 *
 * @param number grows with each event, with gaps
 * @param what what happened
 * @param tries how often it was claimed
 */
public record EventRow(long number, Happening what, int tries) {}
