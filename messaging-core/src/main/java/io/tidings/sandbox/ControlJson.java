package io.tidings.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what the control API is told. */
final class ControlJson {
    private ControlJson() {}

    static Fault fault(JsonNode node) {
        int status = node.path("status").asInt(500);
        int code = node.path("code").asInt(20500);
        return switch (node.path("kind").asText()) {
            case "answer" -> new Fault.Answer(status, code, page(node));
            case "accept-then-answer" -> new Fault.AcceptThenAnswer(status, code, page(node));
            case "slow" -> new Fault.Slow(millis(node, "millis"));
            case "dribble" -> new Fault.Dribble(millis(node, "millis"));
            case "early" -> new Fault.Early(millis(node, "millis"));
            case "cut" -> new Fault.Cut(constant(Fault.CutPoint.class, node, "point", "after-processing"));
            case "throttle" ->
                new Fault.Throttle(node.has("retryAfterMillis") ? millis(node, "retryAfterMillis") : null);
            case "queue-full" -> new Fault.QueueFull();
            default ->
                throw new IllegalArgumentException("A fault needs a kind: answer, accept-then-answer, slow,"
                        + " dribble, early, cut, throttle or queue-full");
        };
    }

    /** A preset by {@code profile}, else the present one; then what the other fields change. */
    static Hostility hostility(JsonNode node, Hostility present) {
        Hostility wanted = node.has("profile") ? Hostility.named(text(node, "profile")) : present;
        if (node.has("scale")) {
            wanted = wanted.scaledBy(node.path("scale").asDouble());
        }
        for (Map.Entry<String, JsonNode> share : node.path("shares").properties()) {
            wanted = wanted.with(Mishap.named(share.getKey()), share.getValue().asDouble(Double.NaN));
        }
        if (node.has("listLagMillis")) {
            wanted = wanted.withListLag(millis(node, "listLagMillis"));
        }
        if (node.has("slowestMillis")) {
            wanted = wanted.withSlowest(millis(node, "slowestMillis"));
        }
        if (node.has("storms")) {
            wanted = wanted.withStorms(storms(node.path("storms")));
        }
        return node.has("restarts") ? wanted.withRestarts(restarts(node.path("restarts"))) : wanted;
    }

    private static Hostility.Storms storms(JsonNode node) {
        return new Hostility.Storms(
                millis(node, "everyMillis"),
                millis(node, "lengthMillis"),
                node.path("rate").asDouble(1));
    }

    private static Hostility.Restarts restarts(JsonNode node) {
        return new Hostility.Restarts(
                millis(node, "everyMillis"),
                millis(node, "downMillis"),
                node.path("losesCallbacks").asBoolean());
    }

    static ObjectNode hostility(Hostility hostility) {
        ObjectNode node = Json.object()
                .put("slowestMillis", hostility.slowest().toMillis())
                .put("listLagMillis", hostility.listLag().toMillis());
        ObjectNode shares = node.putObject("shares");
        hostility
                .shares()
                .forEach((mishap, share) ->
                        shares.put(mishap.name().toLowerCase(Locale.ROOT).replace('_', '-'), share));
        node.putObject("storms")
                .put("everyMillis", hostility.storms().every().toMillis())
                .put("lengthMillis", hostility.storms().length().toMillis())
                .put("rate", hostility.storms().rate());
        node.putObject("restarts")
                .put("everyMillis", hostility.restarts().every().toMillis())
                .put("downMillis", hostility.restarts().down().toMillis())
                .put("losesCallbacks", hostility.restarts().losesCallbacks());
        return node;
    }

    static Faults.Scope scope(JsonNode node) {
        return constant(Faults.Scope.class, node, "scope", "creates");
    }

    static List<HandsetOutcome> outcomes(JsonNode nodes) {
        List<HandsetOutcome> outcomes = new ArrayList<>();
        nodes.forEach(each -> outcomes.add(outcome(each)));
        return outcomes;
    }

    private static HandsetOutcome outcome(JsonNode node) {
        int code = node.path("code").asInt(0);
        return switch (node.path("kind").asText()) {
            case "delivered" -> new HandsetOutcome.Delivered();
            case "undelivered" -> new HandsetOutcome.Undelivered(code);
            case "failed" -> new HandsetOutcome.Failed(code);
            case "no-receipt" -> new HandsetOutcome.NoReceipt();
            case "rejected" -> new HandsetOutcome.Rejected(code);
            default ->
                throw new IllegalArgumentException(
                        "An outcome needs a kind: delivered, undelivered, failed, no-receipt or rejected");
        };
    }

    /** What a handset sends; {@code whatsapp:} before both addresses for that channel. */
    static Inbox.Incoming incoming(JsonNode node) {
        List<String> media = new ArrayList<>();
        node.path("media").forEach(each -> media.add(each.asText()));
        return new Inbox.Incoming(text(node, "from"), text(node, "to"), text(node, "text"), media);
    }

    static Duration millis(JsonNode node, String name) {
        if (!node.path(name).isIntegralNumber()) {
            throw new IllegalArgumentException("Give " + name + " as a whole number of milliseconds");
        }
        return Duration.ofMillis(node.path(name).asLong());
    }

    static String text(JsonNode node, String name) {
        if (!node.path(name).isTextual()) {
            throw new IllegalArgumentException("Give " + name + " as a text");
        }
        return node.path(name).asText();
    }

    private static Fault.@Nullable Page page(JsonNode node) {
        return node.has("body")
                ? new Fault.Page(node.path("contentType").asText("text/html"), text(node, "body"))
                : null;
    }

    private static <E extends Enum<E>> E constant(Class<E> type, JsonNode node, String name, String usual) {
        String text = node.path(name).asText(usual).replace('-', '_').toUpperCase(Locale.ROOT);
        for (E each : type.getEnumConstants()) {
            if (each.name().equals(text)) {
                return each;
            }
        }
        throw new IllegalArgumentException("The value of " + name + " is not known: see the guide of the sandbox");
    }
}
