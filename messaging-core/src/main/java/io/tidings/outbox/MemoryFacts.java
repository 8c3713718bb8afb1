package io.tidings.outbox;

import io.tidings.budget.BudgetStore;
import io.tidings.consent.ConsentRules;
import io.tidings.consent.ConsentStore;
import io.tidings.gate.FactSource;
import io.tidings.gate.Facts;
import io.tidings.gate.Known;
import io.tidings.gate.Needs;
import io.tidings.history.HistoryStore;
import io.tidings.history.MemoryInbound;
import io.tidings.history.MessageRow;
import io.tidings.history.StoredMessage;
import io.tidings.message.Channel;
import io.tidings.message.MemoryTransactions;
import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import io.tidings.message.OutboundMessage;
import io.tidings.message.Sender;
import io.tidings.pumping.PumpingStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The in-memory twin of the guard query. */
final class MemoryFacts implements FactSource {
    /** Ends in which the text never reached anybody, so that it may be sent again. */
    private static final Set<MessageStatus> NOT_RECEIVED = EnumSet.of(
            MessageStatus.REFUSED,
            MessageStatus.EXPIRED,
            MessageStatus.CANCELED,
            MessageStatus.FAILED,
            MessageStatus.UNDELIVERED,
            MessageStatus.DEAD);

    private final MemoryTransactions transactions;
    private final MemoryOutbox outbox;
    private final HistoryStore history;
    private final ConsentStore consent;
    private final Counts counts;

    /** Whose numbers gates ask for by name. */
    record Counts(BudgetStore budgets, PumpingStore pumping, MemoryInbound inbound, InstantSource time) {}

    MemoryFacts(
            MemoryTransactions transactions,
            MemoryOutbox outbox,
            HistoryStore history,
            ConsentStore consent,
            Counts counts) {
        this.transactions = transactions;
        this.outbox = outbox;
        this.history = history;
        this.consent = consent;
        this.counts = counts;
    }

    @Override
    public List<Facts> read(List<Question> questions) {
        return transactions.run(() -> questions.stream().map(this::readOne).toList());
    }

    private Facts readOne(Question question) {
        OutboundMessage message = question.message();
        return new Facts(
                ConsentRules.state(consent.entries(message.tenant(), question.person()), message),
                sameTextAt(question.id(), message),
                outbox.waiting(message.tenant()),
                outbox.waiting(null),
                question.needs().isNone() ? Known.NOTHING : known(question),
                lastInboundAt(message));
    }

    private @Nullable Instant lastInboundAt(OutboundMessage message) {
        Sender sender = message.from();
        return sender == null || message.channel() != Channel.WHATSAPP
                ? null
                : counts.inbound().lastAt(sender, message.to(), message.channel());
    }

    private Known known(Question question) {
        Map<Needs.Recent, Instant> recent = new HashMap<>();
        for (Needs.Recent need : question.needs().recent()) {
            nthNewest(question, need).ifPresent(at -> recent.put(need, at));
        }
        Map<String, Long> used = new HashMap<>();
        counts.budgets().use(question.needs().used()).forEach((name, use) -> used.put(name, use.used()));
        return new Known(recent, used, counts.pumping().blocked(question.needs().blocked()));
    }

    private Optional<Instant> nthNewest(Question question, Needs.Recent need) {
        Instant since = counts.time().instant().minus(need.window());
        List<MemoryRecipients.Earlier> earlier = outbox.toRecipient(question.message(), question.id());
        int left = need.nth();
        for (int i = earlier.size() - 1; i >= 0; i--) {
            Optional<Instant> at = need.categories().contains(earlier.get(i).category())
                    ? received(earlier.get(i).id())
                    : Optional.empty();
            if (at.isPresent() && !at.get().isAfter(since)) {
                return Optional.empty();
            }
            if (at.isPresent() && --left == 0) {
                return at;
            }
        }
        return Optional.empty();
    }

    private @Nullable Instant sameTextAt(MessageId id, OutboundMessage message) {
        for (MessageId earlier : outbox.sameText(message, id)) {
            Optional<Instant> received = received(earlier);
            if (received.isPresent()) {
                return received.get();
            }
        }
        return null;
    }

    private Optional<Instant> received(MessageId earlier) {
        Optional<StoredMessage> waiting = outbox.find(earlier).map(QueueRow::stored);
        return waiting.or(() -> history.find(earlier)
                        .filter(row -> !NOT_RECEIVED.contains(row.status()))
                        .map(MessageRow::stored))
                .map(StoredMessage::acceptedAt);
    }
}
