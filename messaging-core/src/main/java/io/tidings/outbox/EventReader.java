package io.tidings.outbox;

import io.tidings.event.EventRow;
import io.tidings.event.MessageCanceled;
import io.tidings.event.MessageDelivered;
import io.tidings.event.MessageFailed;
import io.tidings.event.MessageQueued;
import io.tidings.event.MessageRead;
import io.tidings.event.MessageReceived;
import io.tidings.event.MessageSent;
import io.tidings.event.MessagingEvent;
import io.tidings.event.OptedIn;
import io.tidings.event.OptedOut;
import io.tidings.event.SpendLimitReached;
import io.tidings.message.ErrorKind;
import io.tidings.message.Failure;
import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import io.tidings.message.OutboundMessage;
import io.tidings.message.PhoneNumber;
import io.tidings.message.TenantId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes events of what was written about them. Safe for use by many threads. */
public final class EventReader {
    private final Stores stores;
    private final Messages messages;

    /** Looks messages up here. */
    public EventReader(Stores stores, InstantSource time) {
        this.stores = stores;
        this.messages = new Messages(stores, time);
    }

    /** The event; empty if the message that it is about is gone. */
    public Optional<MessagingEvent> read(EventRow row) {
        return switch (row.what().kind()) {
            case MESSAGE_QUEUED -> about(row, MessageQueued::new);
            case MESSAGE_SENT -> about(row, MessageSent::new);
            case MESSAGE_DELIVERED -> about(row, MessageDelivered::new);
            case MESSAGE_READ -> about(row, MessageRead::new);
            case MESSAGE_CANCELED -> about(row, MessageCanceled::new);
            case MESSAGE_FAILED ->
                about(
                        row,
                        (event, at, id, message) -> new MessageFailed(
                                event,
                                at,
                                id,
                                message,
                                status(row),
                                failure(row.what().facts())));
            case MESSAGE_RECEIVED ->
                stores.inbound()
                        .find(MessageId.parse(fact(row, "id")))
                        .map(found ->
                                new MessageReceived(row.number(), row.what().at(), found.message()));
            case OPTED_OUT ->
                Optional.of(new OptedOut(
                        row.number(), row.what().at(), tenant(row), number(row), topic(row), fact(row, "source")));
            case OPTED_IN ->
                Optional.of(new OptedIn(
                        row.number(), row.what().at(), tenant(row), number(row), topic(row), fact(row, "source")));
            case SPEND_LIMIT_REACHED -> Optional.of(spent(row));
        };
    }

    private interface Maker {
        MessagingEvent make(long event, Instant at, MessageId id, OutboundMessage message);
    }

    private Optional<MessagingEvent> about(EventRow row, Maker maker) {
        MessageId id = MessageId.parse(row.what().subject());
        return messages.find(id)
                .map(view -> maker.make(
                        row.number(), row.what().at(), id, view.stored().message()));
    }

    private static MessagingEvent spent(EventRow row) {
        Map<String, String> facts = row.what().facts();
        String tenant = facts.get("tenant");
        SpendLimitReached.Budget budget = new SpendLimitReached.Budget(
                fact(row, "scope"),
                tenant == null ? null : new TenantId(tenant),
                facts.get("campaign"),
                fact(row, "period"));
        return new SpendLimitReached(
                row.number(),
                row.what().at(),
                budget,
                Integer.parseInt(fact(row, "percent")),
                fact(row, "used"),
                fact(row, "limit"));
    }

    private static String fact(EventRow row, String name) {
        return Objects.requireNonNull(
                row.what().facts().get(name), () -> "event " + row.number() + " does not hold its " + name);
    }

    private static TenantId tenant(EventRow row) {
        return new TenantId(fact(row, "tenant"));
    }

    private static PhoneNumber number(EventRow row) {
        return new PhoneNumber(fact(row, "number"));
    }

    private static @Nullable String topic(EventRow row) {
        return row.what().facts().get("topic");
    }

    private static MessageStatus status(EventRow row) {
        return MessageStatus.valueOf(fact(row, "status"));
    }

    private static @Nullable Failure failure(Map<String, String> facts) {
        String code = facts.get("code");
        return code == null
                ? null
                : new Failure(
                        Integer.parseInt(code),
                        ErrorKind.valueOf(facts.getOrDefault("kind", ErrorKind.NOTICE.name())),
                        facts.getOrDefault("explanation", ""),
                        facts.getOrDefault("advice", ""));
    }
}
