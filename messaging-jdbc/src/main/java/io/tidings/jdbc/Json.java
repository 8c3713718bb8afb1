package io.tidings.jdbc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads and writes the fields of a JSON text in a column. */
final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    static JsonNode parse(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UnreadableRowException("its text is no JSON");
        }
    }

    static String text(JsonNode json, String name) {
        String value = textOrNull(json, name);
        if (value == null) {
            throw new UnreadableRowException("it has no " + name);
        }
        return value;
    }

    static @Nullable String textOrNull(JsonNode json, String name) {
        JsonNode value = json.get(name);
        return value == null || value.isNull() ? null : value.asText();
    }

    static int integer(JsonNode json, String name) {
        JsonNode value = json.get(name);
        if (value == null || !value.canConvertToInt()) {
            throw new UnreadableRowException("it has no number " + name);
        }
        return value.intValue();
    }

    static @Nullable Instant instantOrNull(JsonNode json, String name) {
        String text = textOrNull(json, name);
        try {
            return text == null ? null : Dates.parse(text);
        } catch (DateTimeException e) {
            throw new UnreadableRowException("its " + name + " is no date");
        }
    }

    static Map<String, String> map(JsonNode json, String name) {
        Map<String, String> map = new LinkedHashMap<>();
        json.path(name)
                .properties()
                .forEach(each -> map.put(each.getKey(), each.getValue().asText()));
        return map;
    }

    /** Sorted, and left out if there is nothing. */
    static void put(ObjectNode json, String name, Map<String, String> map) {
        if (!map.isEmpty()) {
            ObjectNode fields = json.putObject(name);
            new TreeMap<>(map).forEach(fields::put);
        }
    }

    /** Left out if there is none. */
    static void put(ObjectNode json, String name, @Nullable Object value) {
        if (value != null) {
            json.put(name, value.toString());
        }
    }
}
