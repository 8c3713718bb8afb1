package io.tidings.endpoint;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidings.event.EventKind;
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
import io.tidings.message.Failure;
import io.tidings.message.InboundMessage;
import io.tidings.message.MessageId;
import io.tidings.message.OutboundMessage;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Sender;
import io.tidings.message.TenantId;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** An event as the body of a request: {@code type}, {@code timestamp} and {@code data}, as Standard Webhooks advises. */
final class Notice {
    private final boolean full;
    private final ObjectNode data = JsonNodeFactory.instance.objectNode();

    private Notice(boolean full) {
        this.full = full;
    }

    /** The body, in UTF-8; the same each time, as long as the message is the same. */
    static byte[] body(EventKind kind, MessagingEvent event, boolean full) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("type", type(kind)).put("timestamp", event.at().toString());
        Notice notice = new Notice(full);
        notice.data.put("event", event.event());
        notice.fill(kind, event);
        json.set("data", notice.data);
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** What {@code webhook-id} says: the same at each try. A store in memory begins anew, so the number alone is not enough. */
    static String id(EventRow event) {
        return "evt_" + event.number() + "_" + Long.toString(event.what().at().toEpochMilli(), Character.MAX_RADIX);
    }

    static String type(EventKind kind) {
        return switch (kind) {
            case MESSAGE_QUEUED -> "message.queued";
            case MESSAGE_SENT -> "message.sent";
            case MESSAGE_DELIVERED -> "message.delivered";
            case MESSAGE_READ -> "message.read";
            case MESSAGE_FAILED -> "message.failed";
            case MESSAGE_CANCELED -> "message.canceled";
            case MESSAGE_RECEIVED -> "message.received";
            case OPTED_OUT -> "consent.opted_out";
            case OPTED_IN -> "consent.opted_in";
            case SPEND_LIMIT_REACHED -> "budget.threshold_reached";
        };
    }

    private void fill(EventKind kind, MessagingEvent event) {
        switch (kind) {
            case MESSAGE_QUEUED -> message(((MessageQueued) event).id(), ((MessageQueued) event).message());
            case MESSAGE_SENT -> message(((MessageSent) event).id(), ((MessageSent) event).message());
            case MESSAGE_DELIVERED -> message(((MessageDelivered) event).id(), ((MessageDelivered) event).message());
            case MESSAGE_READ -> message(((MessageRead) event).id(), ((MessageRead) event).message());
            case MESSAGE_FAILED -> failed((MessageFailed) event);
            case MESSAGE_CANCELED -> message(((MessageCanceled) event).id(), ((MessageCanceled) event).message());
            case MESSAGE_RECEIVED -> received(((MessageReceived) event).message());
            case OPTED_OUT -> {
                OptedOut said = (OptedOut) event;
                consent(said.tenant(), said.number(), said.topic(), said.source());
            }
            case OPTED_IN -> {
                OptedIn said = (OptedIn) event;
                consent(said.tenant(), said.number(), said.topic(), said.source());
            }
            case SPEND_LIMIT_REACHED -> spent((SpendLimitReached) event);
        }
    }

    private void failed(MessageFailed event) {
        message(event.id(), event.message());
        data.put("status", event.status().name());
        Failure failure = event.failure();
        if (failure != null) {
            data.putObject("failure")
                    .put("code", failure.code())
                    .put("kind", failure.kind().name())
                    .put("explanation", failure.explanation())
                    .put("advice", failure.advice());
        }
    }

    private void message(MessageId id, OutboundMessage message) {
        data.put("id", id.toString())
                .put("tenant", message.tenant().value())
                .put("channel", message.channel().name())
                .put("category", message.category().name());
        if (full) {
            Sender from = message.from();
            put("to", message.to().e164());
            put("from", from == null ? null : from.address());
            put("text", message.content().body().text());
            put("key", message.key());
            ObjectNode tags = data.putObject("tags");
            message.tags().forEach(tags::put);
        }
    }

    private void received(InboundMessage message) {
        data.put("id", message.id().toString())
                .put("tenant", message.tenant().value())
                .put("channel", message.channel().name());
        if (full) {
            put("from", message.from().e164());
            put("to", message.to().address());
            put("text", message.text());
        }
    }

    private void consent(TenantId tenant, PhoneNumber person, @Nullable String topic, String source) {
        data.put("tenant", tenant.value()).put("source", source);
        put("topic", topic);
        if (full) {
            put("number", person.e164());
        }
    }

    private void spent(SpendLimitReached event) {
        SpendLimitReached.Budget budget = event.budget();
        TenantId tenant = budget.tenant();
        data.put("scope", budget.scope())
                .put("period", budget.period())
                .put("percent", event.percent())
                .put("used", event.used())
                .put("limit", event.limit());
        put("tenant", tenant == null ? null : tenant.value());
        put("campaign", budget.campaign());
    }

    private void put(String name, @Nullable String value) {
        if (value != null) {
            data.put(name, value);
        }
    }
}
