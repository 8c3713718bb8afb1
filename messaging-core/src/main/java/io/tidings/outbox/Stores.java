package io.tidings.outbox;

import io.tidings.consent.ConsentStore;
import io.tidings.consent.MemoryConsent;
import io.tidings.gate.FactSource;
import io.tidings.history.AttemptStore;
import io.tidings.history.DecisionStore;
import io.tidings.history.HistoryStore;
import io.tidings.history.InboundStore;
import io.tidings.history.MemoryAttempts;
import io.tidings.history.MemoryHistory;
import io.tidings.history.MemoryInbound;
import io.tidings.message.MemoryTransactions;
import io.tidings.message.TimeSource;
import io.tidings.message.UnitOfWork;

/**
 * All stores of one system, over one transaction.
 *
 * @param transactions what they commit and roll back with
 * @param outbox the queue, as intake sees it
 * @param work the queue, as the dispatcher sees it
 * @param history messages that left the queue
 * @param attempts attempts and what was seen of them
 * @param decisions what gates decided
 * @param consent opt-outs
 * @param facts what gates decide by
 * @param inbound messages from people
 * @param conversations what was said in both directions
 */
public record Stores(
        UnitOfWork transactions,
        OutboxStore outbox,
        WorkQueue work,
        HistoryStore history,
        AttemptStore attempts,
        DecisionStore decisions,
        ConsentStore consent,
        FactSource facts,
        InboundStore inbound,
        ConversationStore conversations) {

    /** Everything in this process's memory: for tests, demonstrations and texts that may be lost. */
    public static Stores inMemory(TimeSource time) {
        MemoryTransactions transactions = new MemoryTransactions();
        MemoryHistory history = new MemoryHistory(transactions);
        MemoryOutbox outbox = new MemoryOutbox(transactions, time, history, history);
        MemoryConsent consent = new MemoryConsent(transactions);
        MemoryInbound inbound = new MemoryInbound(transactions, time);
        return new Stores(
                transactions,
                outbox,
                outbox,
                history,
                new MemoryAttempts(transactions, time),
                history,
                consent,
                new MemoryFacts(transactions, outbox, history, consent, inbound),
                inbound,
                new MemoryConversations(transactions, time, outbox, history, inbound));
    }
}
