package io.tidings.jdbc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidings.gate.Decision;
import io.tidings.gate.GateRecord;
import io.tidings.gate.Stage;
import io.tidings.message.MessageStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What gates said at one moment, as JSON. */
final class DecisionJson implements Decision.Cases<ObjectNode> {
    private static final DecisionJson WRITER = new DecisionJson();

    private DecisionJson() {}

    static String write(List<GateRecord> records) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode(records.size());
        for (GateRecord record : records) {
            ObjectNode one = record.decision().match(WRITER);
            one.put("gate", record.gate())
                    .put("stage", record.stage().name())
                    .put("reason", record.decision().reason())
                    .put("at", record.at().toString());
            Json.put(one, "values", record.decision().values());
            json.add(one);
        }
        return json.toString();
    }

    /**
     * Writes the decisions about many messages: gates mostly said the same of all that were asked about together. For one
     * batch, on one thread.
     */
    static final class Batch {
        private final Map<List<GateRecord>, String> written = new HashMap<>();

        String write(List<GateRecord> records) {
            return written.computeIfAbsent(records, DecisionJson::write);
        }
    }

    static List<GateRecord> read(String text) {
        List<GateRecord> records = new ArrayList<>();
        for (JsonNode json : Json.parse(text)) {
            records.add(new GateRecord(
                    Json.text(json, "gate"),
                    Stage.valueOf(Json.text(json, "stage")),
                    decision(json),
                    Objects.requireNonNull(Json.instantOrNull(json, "at"))));
        }
        return records;
    }

    private static Decision decision(JsonNode json) {
        String reason = Json.text(json, "reason");
        Map<String, String> values = Json.map(json, "values");
        Instant until = Json.instantOrNull(json, "until");
        String status = Json.textOrNull(json, "status");
        if (until != null) {
            return new Decision.Delay(until, reason, values);
        }
        return status == null
                ? new Decision.Pass(reason, values)
                : new Decision.Refuse(MessageStatus.valueOf(status), reason, values);
    }

    private static ObjectNode start() {
        return JsonNodeFactory.instance.objectNode();
    }

    @Override
    public ObjectNode pass(Decision.Pass pass) {
        return start();
    }

    @Override
    public ObjectNode delay(Decision.Delay delay) {
        return start().put("until", delay.until().toString());
    }

    @Override
    public ObjectNode refuse(Decision.Refuse refuse) {
        return start().put("status", refuse.status().name());
    }
}
