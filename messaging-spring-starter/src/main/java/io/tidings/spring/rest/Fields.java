package io.tidings.spring.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The fields of a JSON object, read strictly: what nobody asked for is a mistake of the caller. */
final class Fields {
    static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final ObjectNode json;
    private final String place;
    private final Set<String> left = new TreeSet<>();

    private Fields(ObjectNode json, String place) {
        this.json = json;
        this.place = place;
        json.fieldNames().forEachRemaining(left::add);
    }

    static Fields of(ObjectNode json) {
        return new Fields(json, "");
    }

    /** An empty body is an object without fields. */
    static Fields parse(byte[] body) {
        if (body.length == 0) {
            return new Fields(JsonNodeFactory.instance.objectNode(), "");
        }
        try {
            if (MAPPER.readTree(body) instanceof ObjectNode object) {
                return new Fields(object, "");
            }
        } catch (JsonProcessingException e) {
            throw new Problem(
                    400,
                    "malformed-json",
                    "The body is no JSON: line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ".");
        } catch (IOException e) {
            throw new IllegalStateException("an array is read without input and output", e);
        }
        throw new Problem(400, "malformed-json", "The body is a JSON object.");
    }

    Optional<String> text(String name) {
        JsonNode node = take(name);
        if (node == null) {
            return Optional.empty();
        }
        if (!node.isTextual()) {
            throw Problem.invalid("The field " + place + name + " is a text.");
        }
        return Optional.of(node.textValue());
    }

    String needed(String name) {
        return text(name).orElseThrow(() -> Problem.invalid("The field " + place + name + " is missing."));
    }

    boolean flag(String name) {
        JsonNode node = take(name);
        if (node != null && !node.isBoolean()) {
            throw Problem.invalid("The field " + place + name + " is true or false.");
        }
        return node != null && node.booleanValue();
    }

    Optional<Integer> number(String name) {
        JsonNode node = take(name);
        if (node != null && !node.canConvertToExactIntegral()) {
            throw Problem.invalid("The field " + place + name + " is a whole number.");
        }
        return node == null ? Optional.empty() : Optional.of(node.intValue());
    }

    Optional<Instant> instant(String name) {
        return text(name).map(text -> instant(place + name, text));
    }

    static Instant instant(String name, String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw Problem.invalid(name + " is an instant like 2027-03-01T09:00:00Z.");
        }
    }

    Optional<Duration> duration(String name) {
        return text(name).map(text -> {
            try {
                return Duration.parse(text);
            } catch (DateTimeParseException e) {
                throw Problem.invalid("The field " + place + name + " is a duration like PT2H.");
            }
        });
    }

    <E extends Enum<E>> Optional<E> oneOf(Class<E> type, String name) {
        return text(name).map(text -> oneOf(type, place + name, text));
    }

    static <E extends Enum<E>> E oneOf(Class<E> type, String name, String text) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(text.toUpperCase(Locale.ROOT))) {
                return constant;
            }
        }
        throw Problem.invalid(name + " is one of " + Arrays.toString(type.getEnumConstants()) + ".");
    }

    Map<String, String> texts(String name) {
        Map<String, String> all = new LinkedHashMap<>();
        object(name).ifPresent(fields -> Set.copyOf(fields.left).forEach(key -> all.put(key, fields.needed(key))));
        return all;
    }

    /** All fields, each a text, a number, true or false, as a text; those that are null are left out. */
    Map<String, String> scalars() {
        Map<String, String> all = new LinkedHashMap<>();
        json.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (value.isContainerNode()) {
                throw Problem.invalid("The field " + place + field.getKey() + " is a text, a number, true or false.");
            }
            if (!value.isNull()) {
                all.put(field.getKey(), value.asText());
            }
        });
        left.clear();
        return all;
    }

    Optional<Fields> object(String name) {
        JsonNode node = take(name);
        if (node == null) {
            return Optional.empty();
        }
        if (node instanceof ObjectNode object) {
            return Optional.of(new Fields(object, place + name + "."));
        }
        throw Problem.invalid("The field " + place + name + " is an object.");
    }

    /** The texts of an array; none if it is not there. */
    List<String> list(String name) {
        JsonNode node = take(name);
        List<String> all = new ArrayList<>();
        if (node == null) {
            return all;
        }
        boolean texts = node.isArray();
        for (JsonNode one : node) {
            texts &= one.isTextual();
            all.add(one.asText());
        }
        if (!texts) {
            throw Problem.invalid("The field " + place + name + " is an array of texts.");
        }
        return all;
    }

    /** The objects of an array, at least one and at most so many. */
    List<Fields> objects(String name, int most) {
        JsonNode node = take(name);
        if (!(node instanceof ArrayNode array) || array.isEmpty() || array.size() > most) {
            throw Problem.invalid("The field " + place + name + " is an array of 1 to " + most + " objects.");
        }
        List<Fields> all = new ArrayList<>();
        for (JsonNode one : array) {
            if (!(one instanceof ObjectNode object)) {
                throw Problem.invalid("The field " + place + name + " is an array of objects.");
            }
            all.add(new Fields(object, place + name + "[" + all.size() + "]."));
        }
        return all;
    }

    /** Nothing may be left that nobody read: a misspelt field would silently do nothing. */
    void end() {
        if (!left.isEmpty()) {
            throw new Problem(
                    400,
                    "unknown-field",
                    "There is no field " + place + left.iterator().next() + ".");
        }
    }

    private @Nullable JsonNode take(String name) {
        left.remove(name);
        JsonNode node = json.get(name);
        return node == null || node.isNull() ? null : node;
    }
}
