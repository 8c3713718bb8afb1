package io.tidings.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
            case "cut" -> new Fault.Cut(constant(Fault.CutPoint.class, node, "point", "after-processing"));
            case "throttle" ->
                new Fault.Throttle(node.has("retryAfterMillis") ? millis(node, "retryAfterMillis") : null);
            case "queue-full" -> new Fault.QueueFull();
            default ->
                throw new IllegalArgumentException(
                        "A fault needs a kind: answer, accept-then-answer, slow, cut, throttle or queue-full");
        };
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
