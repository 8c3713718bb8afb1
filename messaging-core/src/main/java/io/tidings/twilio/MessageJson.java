package io.tidings.twilio;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidings.message.InvalidNumberException;
import io.tidings.message.MessageBody;
import io.tidings.message.PhoneNumber;
import io.tidings.provider.ProviderMessage;
import io.tidings.provider.StatusWords;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads Twilio's JSON of messages. Tolerant where a value is only informative, strict about identity and age. */
final class MessageJson {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private MessageJson() {}

    /** The tree of an answer; empty if it is no JSON. */
    static JsonNode tree(InputStream content) {
        try {
            JsonNode tree = JSON.readTree(content);
            return tree == null ? JSON.missingNode() : tree;
        } catch (IOException e) {
            return JSON.missingNode();
        }
    }

    /** The messages of one page that we sent; empty if the page or one of its messages cannot be understood. */
    static Optional<List<ProviderMessage>> page(JsonNode tree) {
        JsonNode messages = tree.path("messages");
        if (!messages.isArray()) {
            return Optional.empty();
        }
        List<ProviderMessage> result = new ArrayList<>();
        for (JsonNode node : messages) {
            if ("inbound".equals(text(node, "direction"))) {
                continue;
            }
            Optional<ProviderMessage> message = message(node);
            if (message.isEmpty()) {
                return Optional.empty();
            }
            result.add(message.get());
        }
        return Optional.of(result);
    }

    /** One message; empty if its SID or its date is missing. */
    static Optional<ProviderMessage> message(JsonNode node) {
        String sid = text(node, "sid");
        Instant createdAt = instant(text(node, "date_created"));
        if (!AnswerFields.isMessageSid(sid) || createdAt == null) {
            return Optional.empty();
        }
        return Optional.of(new ProviderMessage(
                sid,
                StatusWords.status(text(node, "status")),
                node.path("error_code").asInt(0),
                node.path("num_segments").asInt(0),
                price(text(node, "price")),
                currency(text(node, "price_unit")),
                number(text(node, "to")),
                body(text(node, "body")),
                createdAt,
                Math.max(0, node.path("num_media").asInt(0))));
    }

    /** These values as a JSON object. */
    static String object(Map<String, String> values) {
        ObjectNode object = JSON.createObjectNode();
        new TreeMap<>(values).forEach(object::put);
        return object.toString();
    }

    /** The text of a field, empty if it is absent or null. */
    static String text(JsonNode node, String field) {
        return node.path(field).asText("");
    }

    /** RFC 2822 in this API, ISO 8601 in Twilio's newer ones. */
    static @Nullable Instant instant(String text) {
        try {
            return text.endsWith("Z")
                    ? Instant.parse(text)
                    : ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Twilio writes a charge as a negative number. */
    private static @Nullable BigDecimal price(String text) {
        try {
            return text.isEmpty() || text.length() > 20 ? null : new BigDecimal(text).abs();
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static @Nullable Currency currency(String text) {
        try {
            return Currency.getInstance(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Obfuscated recipients and those of other channels are none. */
    private static @Nullable PhoneNumber number(String text) {
        try {
            return new PhoneNumber(text);
        } catch (InvalidNumberException e) {
            return null;
        }
    }

    /** What a carrier or a trial account made of the text, cut and cleaned to what a body may hold. */
    private static MessageBody body(String text) {
        StringBuilder clean = new StringBuilder(Math.min(text.length(), MessageBody.MAX_LENGTH));
        text.codePoints()
                .map(point -> point == 0 || (point >= 0xD800 && point <= 0xDFFF) ? 0xFFFD : point)
                .takeWhile(point -> clean.length() + Character.charCount(point) <= MessageBody.MAX_LENGTH)
                .forEach(clean::appendCodePoint);
        return new MessageBody(clean.toString());
    }
}
