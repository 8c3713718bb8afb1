package io.tidings.outbox;

/**
 * Tells the nodes on one store that there may be something to do, so that what one of them took in leaves another at once
 * and not with its next poll. Only hints: they may be late, doubled or lost, and looking into the store stays the truth.
 *
 * <p>Implementations are safe for use by many threads.
 */
public interface Hints extends AutoCloseable {

    /** Tells all nodes, soon. Called after commits, so it returns at once and never throws. */
    void tell();

    /**
     * From now on runs this, on any thread, when a node has told something and when a hint may have been lost. Called once,
     * by a node that starts to send; it must be fast and must not throw.
     */
    void listen(Runnable wake);

    /** Ends both. */
    @Override
    void close();

    /** Nobody is told, nobody listens. */
    static Hints none() {
        return NoHints.INSTANCE;
    }
}
