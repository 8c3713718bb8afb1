package io.tidings.history;

/** How found messages are sorted. Messages of one date are sorted by their ids, in the same direction. */
public enum MessageOrder {
    /** Those taken in last come first. */
    NEWEST,
    /** Those taken in first come first. */
    OLDEST,
    /**
     * Those that changed last come first. A message in the queue counts by when it was taken in. One that changes while
     * pages are read moves to the front, so that later pages do not show it.
     */
    LAST_CHANGED
}
