package io.tidings.audit;

/**
 * Takes checkpoints to where whoever can write the database cannot: a log, a file, an object store, a mailbox.
 *
 * <p>Called by the sealer, one at a time, never on the send path. If it throws, the checkpoint is handed in again at the
 * next sealing, and nothing else is disturbed; after 100 waiting ones the oldest is dropped, since a newer one proves
 * more.
 */
@FunctionalInterface
public interface CheckpointSink {

    /** Keeps the checkpoint. */
    void accept(Checkpoint checkpoint);
}
