package io.tidings.outbox;

import io.tidings.access.MemoryAccessKeys;
import io.tidings.alert.MemoryAlerts;
import io.tidings.analytics.MemoryStatistics;
import io.tidings.audit.AuditChain;
import io.tidings.audit.AuditStore;
import io.tidings.audit.MemoryAudit;
import io.tidings.budget.BudgetStore;
import io.tidings.budget.MemoryBudgets;
import io.tidings.consent.ConsentStore;
import io.tidings.consent.MemoryConsent;
import io.tidings.endpoint.MemoryEndpoints;
import io.tidings.event.MemoryEvents;
import io.tidings.gate.FactSource;
import io.tidings.history.AttemptStore;
import io.tidings.history.DecisionStore;
import io.tidings.history.DoubtStore;
import io.tidings.history.HistoryStore;
import io.tidings.history.InboundStore;
import io.tidings.history.MemoryAttempts;
import io.tidings.history.MemoryDoubts;
import io.tidings.history.MemoryHistory;
import io.tidings.history.MemoryInbound;
import io.tidings.history.MemoryWebhooks;
import io.tidings.history.MessageRow;
import io.tidings.message.MemoryTransactions;
import io.tidings.message.MessageId;
import io.tidings.message.TenantId;
import io.tidings.message.TimeSource;
import io.tidings.message.UnitOfWork;
import io.tidings.pumping.MemoryPumping;
import io.tidings.pumping.PumpingStore;
import io.tidings.schedule.MemoryRecurring;
import io.tidings.schedule.RecurringStore;
import io.tidings.template.TemplateStore;
import io.tidings.tenant.MemoryTenantSettings;
import io.tidings.throttle.LimitStore;
import java.util.List;
import java.util.Optional;

/**
 * All stores of one system, over one transaction.
 *
 * @param transactions what they commit and roll back with
 * @param outbox the queue, as intake sees it
 * @param work the queue, as the dispatcher sees it
 * @param history messages that left the queue
 * @param attempts attempts and what was seen of them
 * @param handover the short way from the queue to the history
 * @param doubts when to look for attempts with an unknown outcome, and how such doubts ended
 * @param decisions what gates decided
 * @param consent opt-outs
 * @param facts what gates decide by
 * @param budgets what is spent and reserved
 * @param pumping counts of one-time codes
 * @param audit who did what
 * @param chain what makes the audit trail provable
 * @param inbound messages from people
 * @param conversations what was said in both directions
 * @param templates the versions of templates
 * @param limits rates and slots that all nodes share; its calls join no transaction
 * @param stamp which environment they belong to
 * @param records what sending does not need: search, counters, retention, tenants' settings, events
 * @param recurring messages that are sent again and again
 * @param lookout whether anything is due at all
 */
public record Stores(
        UnitOfWork transactions,
        OutboxStore outbox,
        WorkQueue work,
        HistoryStore history,
        AttemptStore attempts,
        Handover handover,
        DoubtStore doubts,
        DecisionStore decisions,
        ConsentStore consent,
        FactSource facts,
        BudgetStore budgets,
        PumpingStore pumping,
        AuditStore audit,
        AuditChain chain,
        InboundStore inbound,
        ConversationStore conversations,
        TemplateStore templates,
        LimitStore limits,
        StampStore stamp,
        Records records,
        RecurringStore recurring,
        Lookout lookout) {

    /** The same with another consent ledger. */
    public Stores withConsent(ConsentStore other) {
        return with(outbox, history, handover, other, inbound);
    }

    /** The same with another history. */
    public Stores withHistory(HistoryStore other) {
        return with(outbox, other, handover, consent, inbound);
    }

    /** The same with others in place of these five. */
    Stores with(OutboxStore queue, HistoryStore ended, Handover quick, ConsentStore ledger, InboundStore heard) {
        return new Stores(
                transactions,
                queue,
                work,
                ended,
                attempts,
                quick,
                doubts,
                decisions,
                ledger,
                facts,
                budgets,
                pumping,
                audit,
                chain,
                heard,
                conversations,
                templates,
                limits,
                stamp,
                records,
                recurring,
                lookout);
    }

    /** The same with another short way. */
    public Stores withHandover(Handover other) {
        return new Stores(
                transactions,
                outbox,
                work,
                history,
                attempts,
                other,
                doubts,
                decisions,
                consent,
                facts,
                budgets,
                pumping,
                audit,
                chain,
                inbound,
                conversations,
                templates,
                limits,
                stamp,
                records,
                recurring,
                lookout);
    }

    /** Everything in this process's memory: for tests, demonstrations and texts that may be lost. */
    public static Stores inMemory(TimeSource time) {
        MemoryTransactions transactions = new MemoryTransactions();
        MemoryAudit audit = new MemoryAudit(transactions);
        MemoryHistory history = new MemoryHistory(transactions);
        MemoryEvents events = new MemoryEvents(transactions, time);
        MemoryEndpoints endpoints = new MemoryEndpoints(transactions, time);
        MemoryOutbox outbox = new MemoryOutbox(transactions, time, history, history, audit, events);
        MemoryConsent consent = new MemoryConsent(transactions);
        MemoryBudgets budgets = new MemoryBudgets(transactions);
        MemoryPumping pumping = new MemoryPumping(transactions, time);
        MemoryInbound inbound = new MemoryInbound(transactions, time);
        MemoryAttempts attempts = new MemoryAttempts(transactions, time);
        MemoryDoubts doubts = new MemoryDoubts(transactions, time);
        MemoryRecurring recurring = new MemoryRecurring(transactions, time);
        MemoryRetention.Parts parts = new MemoryRetention.Parts(history, attempts, doubts, inbound);
        MemoryFacts.Counts counts = new MemoryFacts.Counts(budgets, pumping, inbound, time);
        return new Stores(
                transactions,
                outbox,
                outbox,
                history,
                attempts,
                new StepwiseHandover(transactions, attempts, outbox, outbox, history),
                doubts,
                history,
                consent,
                new MemoryFacts(transactions, outbox, history, consent, counts),
                budgets,
                pumping,
                audit,
                audit,
                inbound,
                new MemoryConversations(transactions, time, outbox, history, inbound),
                TemplateStore.inMemory(transactions),
                LimitStore.inMemory(time),
                new MemoryStamp(transactions),
                new Records(
                        new MemorySearch(transactions, time, outbox, history),
                        new MemoryStatistics(transactions),
                        new MemoryRetention(transactions, time, outbox, parts),
                        new MemoryTenantSettings(transactions),
                        events,
                        endpoints,
                        endpoints,
                        new MemoryAccessKeys(transactions, time),
                        new MemoryWebhooks(transactions, attempts, inbound, id -> owner(outbox, history, id)),
                        new MemoryAlerts(transactions, time)),
                recurring,
                new MemoryLookout(
                        transactions,
                        time,
                        outbox,
                        List.of(
                                MemoryLookout.Waiting.until(doubts::nextLook, time),
                                MemoryLookout.Waiting.until(attempts::nextPoll, time),
                                MemoryLookout.Waiting.until(recurring::nextDue, time),
                                (end, told) -> inbound.isDue(end),
                                (end, told) -> events.isDue(end, told.kinds()),
                                (end, told) -> endpoints.isDue(end, told.endpoints()),
                                (end, told) -> !audit.unsealed(1).isEmpty())));
    }

    private static Optional<TenantId> owner(MemoryOutbox outbox, MemoryHistory history, MessageId id) {
        return outbox.find(id)
                .map(QueueRow::stored)
                .or(() -> history.find(id).map(MessageRow::stored))
                .map(stored -> stored.message().tenant());
    }
}
