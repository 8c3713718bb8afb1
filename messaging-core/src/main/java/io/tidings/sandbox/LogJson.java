package io.tidings.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** The log's lines: one JSON object each, its kind named in {@code kind}. */
final class LogJson {
    private LogJson() {}

    static String line(LogEntry entry) {
        return node(entry) + "\n";
    }

    static ObjectNode node(LogEntry entry) {
        ObjectNode node = Json.object().put("kind", entry.getClass().getSimpleName());
        return node.setAll((ObjectNode) Json.tree(entry));
    }

    /** Returns nothing for a line that is no whole JSON object. */
    static Optional<LogEntry> read(String line) {
        try {
            JsonNode node = Json.parse(line);
            return switch (node.path("kind").asText()) {
                case "Request" -> Optional.of(Json.value(node, LogEntry.Request.class));
                case "FinalStatus" -> Optional.of(Json.value(node, LogEntry.FinalStatus.class));
                case "Struck" -> Optional.of(Json.value(node, LogEntry.Struck.class));
                case "Replied" -> Optional.of(Json.value(node, LogEntry.Replied.class));
                case "Alert" -> Optional.of(Json.value(node, LogEntry.Alert.class));
                case "Restart" -> Optional.of(Json.value(node, LogEntry.Restart.class));
                case "Callback" -> Optional.of(Json.value(node, LogEntry.Callback.class));
                default -> Optional.empty();
            };
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
