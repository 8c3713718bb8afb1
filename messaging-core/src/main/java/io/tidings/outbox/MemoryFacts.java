package io.tidings.outbox;

import io.tidings.consent.ConsentRules;
import io.tidings.consent.ConsentStore;
import io.tidings.gate.FactSource;
import io.tidings.gate.Facts;
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
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
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
    private final MemoryInbound inbound;

    MemoryFacts(
            MemoryTransactions transactions,
            MemoryOutbox outbox,
            HistoryStore history,
            ConsentStore consent,
            MemoryInbound inbound) {
        this.transactions = transactions;
        this.outbox = outbox;
        this.history = history;
        this.consent = consent;
        this.inbound = inbound;
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
                lastInboundAt(message));
    }

    private @Nullable Instant lastInboundAt(OutboundMessage message) {
        Sender sender = message.from();
        return sender == null || message.channel() != Channel.WHATSAPP
                ? null
                : inbound.lastAt(sender, message.to(), message.channel());
    }

    private @Nullable Instant sameTextAt(MessageId id, OutboundMessage message) {
        return outbox.sameText(message, id).stream()
                .flatMap(earlier -> received(earlier).stream())
                .findFirst()
                .orElse(null);
    }

    private Optional<Instant> received(MessageId earlier) {
        Optional<StoredMessage> waiting = outbox.find(earlier).map(QueueRow::stored);
        return waiting.or(() -> history.find(earlier)
                        .filter(row -> !NOT_RECEIVED.contains(row.status()))
                        .map(MessageRow::stored))
                .map(StoredMessage::acceptedAt);
    }
}
