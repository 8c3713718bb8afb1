package io.tidings.outbox;

/** The one {@link Stamp} of a store. Writing joins the caller's transaction. Safe for use by many threads. */
public interface StampStore {

    /** Stamps a store that has no stamp, and returns the stamp in force: of several nodes at once, that of the first. */
    Stamp claim(Stamp first);

    /** Puts the next stamp in force if this one still is, and tells whether it was. */
    boolean replace(Stamp seen, Stamp next);
}
