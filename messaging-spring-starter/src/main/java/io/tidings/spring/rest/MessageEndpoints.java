package io.tidings.spring.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidings.Tidings;
import io.tidings.history.MessageFilter;
import io.tidings.history.MessageOrder;
import io.tidings.message.Category;
import io.tidings.message.Channel;
import io.tidings.message.Content;
import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import io.tidings.message.OutboundMessage;
import io.tidings.message.Sender;
import io.tidings.outbox.DryRun;
import io.tidings.outbox.MessageView;
import io.tidings.outbox.Messages;
import io.tidings.outbox.Receipt;
import io.tidings.report.MessagePage;
import io.tidings.report.MessageQuery;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** Messages: send, look, find, and what an operator does with one. */
final class MessageEndpoints {
    private static final int MOST_AT_ONCE = 1000;

    private final Supplier<Tidings> tidings;

    MessageEndpoints(Supplier<Tidings> tidings) {
        this.tidings = tidings;
    }

    List<Endpoint> all() {
        return List.of(
                new Endpoint("POST", "/messages", Scope.SEND, this::send),
                new Endpoint("POST", "/messages/batch", Scope.SEND, this::sendAll),
                new Endpoint("POST", "/messages/preview", Scope.SEND, this::preview),
                new Endpoint("GET", "/messages", Scope.READ, this::search),
                new Endpoint("GET", "/messages/{id}", Scope.READ, this::find),
                new Endpoint("GET", "/messages/{id}/explanation", Scope.READ, this::explain),
                new Endpoint("POST", "/messages/{id}/cancel", Scope.OPERATE, this::cancel),
                new Endpoint("POST", "/messages/{id}/resend", Scope.OPERATE, this::resend),
                new Endpoint("POST", "/messages/{id}/replay", Scope.OPERATE, this::replay),
                new Endpoint("POST", "/messages/{id}/close", Scope.OPERATE, this::close));
    }

    private Answer send(Call call) {
        OutboundMessage message = message(call);
        if (call.access().kind() == Access.Kind.TEST) {
            return Answer.ok(Views.receipt(tidings.get().preview(message).receipt(), false));
        }
        Receipt receipt = tidings.get().send(message);
        return new Answer(201, Views.receipt(receipt, true), Map.of("Location", "messages/" + receipt.id()));
    }

    /** All or none: a mistake in one of them stores nothing. */
    private Answer sendAll(Call call) {
        if (!call.key().isEmpty()) {
            throw Problem.invalid("In a batch each message has its own key, in the field key.");
        }
        List<OutboundMessage> messages = call.body().objects("messages", MOST_AT_ONCE).stream()
                .map(fields -> message(call, fields, fields.text("key").orElse("")))
                .toList();
        call.body().end();
        boolean test = call.access().kind() == Access.Kind.TEST;
        List<Receipt> receipts = test
                ? messages.stream()
                        .map(message -> tidings.get().preview(message).receipt())
                        .toList()
                : tidings.get().sendAll(messages);
        ObjectNode json = Views.object();
        json.set("receipts", Views.array(receipts, receipt -> Views.receipt(receipt, !test)));
        return new Answer(test ? 200 : 201, json, Map.of());
    }

    private Answer preview(Call call) {
        DryRun dryRun = tidings.get().preview(message(call));
        ObjectNode json = Views.object().put("text", dryRun.text()).put("characters", dryRun.characters());
        json.set("receipt", Views.receipt(dryRun.receipt(), false));
        json.set("decisions", Views.array(dryRun.decisions(), Views::decision));
        return Answer.ok(json);
    }

    private static OutboundMessage message(Call call) {
        return message(call, call.body(), call.key());
    }

    static OutboundMessage message(Call call, Fields body, String key) {
        OutboundMessage.Builder message = OutboundMessage.to(Call.number(body.needed("to")))
                .tenant(call.tenant())
                .content(content(body));
        body.oneOf(Category.class, "category").ifPresent(message::category);
        body.oneOf(Channel.class, "channel").ifPresent(message::channel);
        body.text("from").map(text -> Sender.parse(text, "ZZ")).ifPresent(message::from);
        body.texts("tags").forEach(message::tag);
        body.instant("at").ifPresent(message::at);
        body.duration("expiresAfter").ifPresent(message::expiresAfter);
        body.text("topic").ifPresent(message::topic);
        body.text("orderKey").ifPresent(message::orderKey);
        if (body.flag("smartEncoding")) {
            message.smartEncoding();
        }
        if (body.flag("allowRepeat")) {
            message.allowRepeat();
        }
        if (!key.isEmpty()) {
            message.key(key);
        }
        body.end();
        return guarded(call, message.build());
    }

    static OutboundMessage guarded(Call call, OutboundMessage message) {
        Access access = call.access();
        if (access.kind() == Access.Kind.GUEST_LIST && !access.guests().contains(message.to())) {
            throw new Problem(403, "not-a-guest", "This key reaches the numbers of its guest list only.");
        }
        return message;
    }

    private static Content content(Fields body) {
        var template = body.object("template");
        var text = body.text("text");
        if (text.isPresent() == template.isPresent()) {
            throw Problem.invalid("A message has either the field text or the field template.");
        }
        if (text.isPresent()) {
            return new Content.Text(text.get());
        }
        Fields fields = template.orElseThrow();
        Content.Templated content = new Content.Templated(
                fields.needed("name"),
                fields.number("version").orElse(null),
                Locale.forLanguageTag(fields.text("locale").orElse("")),
                fields.texts("variables"));
        fields.end();
        return content;
    }

    private Answer search(Call call) {
        MessageQuery query = MessageQuery.of(filter(call))
                .by(call.asked("order")
                        .map(text -> Fields.oneOf(MessageOrder.class, "order", text))
                        .orElse(MessageOrder.NEWEST))
                .after(call.asked("after").orElse(null))
                .limit(call.limit());
        MessagePage page = tidings.get().history().page(query);
        ObjectNode json = Views.object();
        json.set("messages", Views.array(page.messages(), Views::message));
        Views.put(json, "next", page.next());
        return Answer.ok(json);
    }

    private static MessageFilter filter(Call call) {
        MessageFilter filter = MessageFilter.of(call.tenant());
        if (call.asked("to").isPresent()) {
            filter = filter.to(Call.number(call.asked("to").get()));
        }
        if (call.asked("status").isPresent()) {
            filter = filter.in(Arrays.stream(call.asked("status").get().split(",", -1))
                    .map(text -> Fields.oneOf(MessageStatus.class, "status", text))
                    .toArray(MessageStatus[]::new));
        }
        if (call.asked("tag").isPresent()) {
            String[] tag = call.asked("tag").get().split(":", 2);
            if (tag.length < 2) {
                throw Problem.invalid("tag is a name and a value with a colon between them.");
            }
            filter = filter.tagged(tag[0], tag[1]);
        }
        if (call.asked("template").isPresent()) {
            filter = filter.from(call.asked("template").get());
        }
        if (call.asked("category").isPresent()) {
            filter = filter.of(Fields.oneOf(
                    Category.class, "category", call.asked("category").get()));
        }
        if (call.asked("error").isPresent()) {
            filter = filter.failedWith(errorCode(call.asked("error").get()));
        }
        if (call.asked("channel").isPresent()) {
            filter = filter.on(
                    Fields.oneOf(Channel.class, "channel", call.asked("channel").get()));
        }
        return spanned(call, filter);
    }

    private static int errorCode(String text) {
        if (!text.matches("[1-9][0-9]{0,5}")) {
            throw Problem.invalid("error is a code of the provider, like 30003.");
        }
        return Integer.parseInt(text);
    }

    private static MessageFilter spanned(Call call, MessageFilter filter) {
        if (call.asked("from").isEmpty() && call.asked("until").isEmpty()) {
            return filter;
        }
        Instant from = Fields.instant("from", call.asked("from").orElse("1970-01-01T00:00:00Z"));
        Instant until = Fields.instant("until", call.asked("until").orElse("9999-01-01T00:00:00Z"));
        return filter.accepted(from, until);
    }

    /** Of the caller's tenant, or it does not exist. */
    MessageView own(Call call) {
        return tidings.get()
                .find(call.message())
                .filter(view -> view.stored().message().tenant().equals(call.tenant()))
                .orElseThrow(Problem::notFound);
    }

    private Answer find(Call call) {
        return Answer.ok(Views.message(own(call)));
    }

    private Answer explain(Call call) {
        MessageId id = own(call).id();
        return Answer.ok(Views.explanation(tidings.get().explain(id).orElseThrow(Problem::notFound)));
    }

    private Answer cancel(Call call) {
        MessageId id = own(call).id();
        call.body().end();
        Messages.Cancellation outcome = tidings.get().cancel(id);
        return switch (outcome) {
            case CANCELED -> now(id);
            case TOO_LATE -> throw new Problem(409, "too-late", "An attempt has begun: the message may be on its way.");
            case ENDED -> throw new Problem(409, "ended", "The message had ended before.");
            case UNKNOWN -> throw Problem.notFound();
        };
    }

    private Answer resend(Call call) {
        MessageView view = own(call);
        call.body().end();
        guarded(call, view.stored().message());
        if (!view.status().isTerminal()) {
            throw new Problem(409, "not-ended", "Only a message that has ended is sent again.");
        }
        Receipt receipt = tidings.get().resend(view.id());
        return new Answer(201, Views.receipt(receipt, true), Map.of("Location", "../" + receipt.id()));
    }

    private Answer replay(Call call) {
        MessageView view = own(call);
        guarded(call, view.stored().message());
        return dead(call, view.id(), tidings.get().deadLetters().replay(view.id()));
    }

    private Answer close(Call call) {
        MessageId id = own(call).id();
        return dead(call, id, tidings.get().deadLetters().close(id));
    }

    private Answer dead(Call call, MessageId id, boolean done) {
        call.body().end();
        if (!done) {
            throw new Problem(409, "not-dead", "Only a message with the status DEAD waits for an operator.");
        }
        return now(id);
    }

    private Answer now(MessageId id) {
        return Answer.ok(Views.message(tidings.get().find(id).orElseThrow(Problem::notFound)));
    }
}
