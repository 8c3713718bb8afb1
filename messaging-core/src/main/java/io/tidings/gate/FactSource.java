package io.tidings.gate;

import io.tidings.message.MessageId;
import io.tidings.message.OutboundMessage;
import java.util.List;

/**
 * Reads the facts of gates from the stores. A database implementation answers with one query, inside the transaction of
 * the caller, so that what a gate saw still holds when the transaction commits.
 */
public interface FactSource {

    /**
     * The facts for each question, in the same order. Throws {@link io.tidings.message.StoreUnavailableException} if they
     * cannot be read: never an empty guess.
     */
    List<Facts> read(List<Question> questions);

    /**
     * What is asked about.
     *
     * @param id the message itself, which never counts as its own repetition
     * @param message the message, rendered
     * @param needs what its gates want to know beyond what is always read
     */
    record Question(MessageId id, OutboundMessage message, Needs needs) {
        /** Asks for what is always read. */
        public Question(MessageId id, OutboundMessage message) {
            this(id, message, Needs.NONE);
        }
    }
}
