package io.tidings.retention;

import io.tidings.history.InboundRow;

/**
 * Takes what is about to be deleted because of its age, for the host to keep elsewhere. Called in the transaction that
 * deletes, before it does: if it throws, nothing of that batch is deleted, and the batch comes again later. It also comes
 * again if the commit fails, so write by id. What it gets holds numbers and texts.
 */
public interface ArchiveSink {

    /** A message with its attempts. */
    void message(KeptMessage message);

    /** A message from a person. */
    void inbound(InboundRow message);

    /** Keeps nothing. */
    static ArchiveSink none() {
        return new ArchiveSink() {
            @Override
            public void message(KeptMessage message) {}

            @Override
            public void inbound(InboundRow message) {}
        };
    }
}
