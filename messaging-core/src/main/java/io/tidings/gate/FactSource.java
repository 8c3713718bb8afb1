package io.tidings.gate;

import io.tidings.message.MessageId;
import io.tidings.message.OutboundMessage;
import io.tidings.message.Person;
import java.util.List;
import java.util.Set;

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
     * @param person its recipient, as the consent ledger knows people: also those whose number was erased
     * @param needs what its gates want to know beyond what is always read
     * @param broken the names of gates that could not say what they need, so that they cannot decide; sources ignore them
     */
    record Question(MessageId id, OutboundMessage message, Person person, Needs needs, Set<String> broken) {
        /** Copies the names. */
        public Question {
            broken = Set.copyOf(broken);
        }

        /** Asks for this. */
        public Question(MessageId id, OutboundMessage message, Person person, Needs needs) {
            this(id, message, person, needs, Set.of());
        }

        /** Asks for what is always read. */
        public Question(MessageId id, OutboundMessage message, Person person) {
            this(id, message, person, Needs.NONE);
        }
    }
}
