package io.tidings.spring.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidings.gate.Decision;
import io.tidings.gate.GateRecord;
import io.tidings.history.Attempt;
import io.tidings.history.Observation;
import io.tidings.history.StoredMessage;
import io.tidings.message.Content;
import io.tidings.message.Failure;
import io.tidings.message.Money;
import io.tidings.message.OutboundMessage;
import io.tidings.outbox.Explanation;
import io.tidings.outbox.MessageView;
import io.tidings.outbox.Receipt;
import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Values of Tidings as JSON. Instants are ISO 8601 in UTC; what is not known is left out. */
final class Views {
    private Views() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** Leaves the field out if there is no value. */
    static void put(ObjectNode json, String name, @Nullable Object value) {
        if (value != null) {
            json.put(name, value.toString());
        }
    }

    static <T> ArrayNode array(Collection<T> values, Function<T, ObjectNode> view) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        values.forEach(value -> array.add(view.apply(value)));
        return array;
    }

    static ObjectNode receipt(Receipt receipt, boolean stored) {
        ObjectNode json = object().put("stored", stored);
        if (stored) {
            json.put("id", receipt.id().toString());
        }
        json.put("status", receipt.status().name())
                .put("segments", receipt.segments())
                .put("encoding", receipt.encoding().name());
        money(json, "estimatedCost", receipt.estimatedCost());
        put(json, "sendAt", receipt.sendAt());
        put(json, "reason", receipt.reason());
        receipt.warnings().forEach(json.putArray("warnings")::add);
        return json;
    }

    static ObjectNode message(MessageView view) {
        StoredMessage stored = view.stored();
        OutboundMessage message = stored.message();
        ObjectNode json = object().put("id", view.id().toString())
                .put("tenant", message.tenant().value())
                .put("status", view.status().name())
                .put("final", view.status().isTerminal())
                .put("channel", message.channel().name())
                .put("category", message.category().name())
                .put("to", message.to().e164())
                .put("from", stored.sender().address())
                .put("segments", stored.segments())
                .put("attempts", view.tries().attempts())
                .put("acceptedAt", stored.acceptedAt().toString())
                .put("changedAt", view.changedAt().toString());
        if (message.content() instanceof Content.Text text) {
            json.put("text", text.body().text());
        }
        put(json, "template", stored.template());
        put(json, "key", message.key());
        put(json, "nextAt", view.nextAt());
        put(json, "expiresAt", stored.expiresAt());
        put(json, "resendOf", stored.resendOf());
        ObjectNode tags = json.putObject("tags");
        message.tags().forEach(tags::put);
        failure(json, view.failure());
        return json;
    }

    private static void failure(ObjectNode json, @Nullable Failure failure) {
        if (failure != null) {
            json.putObject("failure")
                    .put("code", failure.code())
                    .put("kind", failure.kind().name())
                    .put("explanation", failure.explanation())
                    .put("advice", failure.advice());
        }
    }

    static void money(ObjectNode json, String name, @Nullable Money money) {
        if (money != null) {
            json.set(name, money(money));
        }
    }

    static ObjectNode money(Money money) {
        return object().put("amount", money.amount().toPlainString())
                .put("currency", money.currency().getCurrencyCode());
    }

    static ObjectNode explanation(Explanation explanation) {
        ObjectNode json = object();
        json.set("message", message(explanation.message()));
        json.set("decisions", array(explanation.decisions(), Views::decision));
        json.set("attempts", array(explanation.attempts(), Views::story));
        json.set(
                "acts",
                array(
                        explanation.acts(),
                        act -> object().put("at", act.at().toString())
                                .put("action", act.action().name())
                                .put("actor", act.actor().toString())));
        money(json, "estimate", explanation.estimate());
        return json.put("text", explanation.text());
    }

    static ObjectNode decision(GateRecord record) {
        Decision decision = record.decision();
        return object().put("gate", record.gate())
                .put("stage", record.stage().name())
                .put("at", record.at().toString())
                .put("decision", decision.match(new Word()))
                .put("reason", decision.reason());
    }

    private static final class Word implements Decision.Cases<String> {
        @Override
        public String pass(Decision.Pass pass) {
            return "PASS";
        }

        @Override
        public String delay(Decision.Delay delay) {
            return "DELAY";
        }

        @Override
        public String refuse(Decision.Refuse refuse) {
            return "REFUSE";
        }
    }

    private static ObjectNode story(Explanation.Story story) {
        Attempt attempt = story.attempt();
        ObjectNode json = object().put("number", attempt.id().number())
                .put("status", attempt.status().name())
                .put("conflict", attempt.conflict());
        put(json, "sid", attempt.sid());
        json.set("seen", array(story.seen(), Views::seen));
        return json;
    }

    private static ObjectNode seen(Observation seen) {
        ObjectNode json = object().put("at", seen.at().toString())
                .put("source", seen.source().name())
                .put("status", seen.status().name());
        if (seen.errorCode() != 0) {
            json.put("errorCode", seen.errorCode());
        }
        return json;
    }
}
