package io.tidings.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A content template and its approval for WhatsApp. Mutable; guarded by the network's lock. */
final class Content {
    private static final Pattern VARIABLE = Pattern.compile("\\{\\{\\s*([A-Za-z0-9_]{1,64})\\s*}}");

    final String sid;
    final ObjectNode asked;
    final Instant created;
    String status = "unsubmitted";
    String name = "";
    String category = "";

    Content(String sid, ObjectNode asked, Instant created) {
        this.sid = sid;
        this.asked = asked;
        this.created = created;
    }

    /**
     * What a template became.
     *
     * @param body the text; a variable without a value stays in its braces
     * @param media where the media lie
     */
    record Rendered(String body, List<String> media) {
        boolean lacksValues() {
            return VARIABLE.matcher(body).find();
        }
    }

    boolean isApproved() {
        return status.equals("approved");
    }

    String type() {
        return asked.path("types").fieldNames().next();
    }

    Rendered render(@Nullable String variables) {
        JsonNode given = variables == null ? Json.object() : object(variables);
        JsonNode content = asked.path("types").path(type());
        List<String> media = new ArrayList<>();
        content.path("media").forEach(each -> media.add(filled(each.asText(), given)));
        String body = content.path("body").asText(content.path("title").asText());
        return new Rendered(filled(body, given), media);
    }

    private String filled(String text, JsonNode given) {
        return VARIABLE.matcher(text).replaceAll(match -> Matcher.quoteReplacement(value(match, given)));
    }

    private String value(MatchResult match, JsonNode given) {
        String key = match.group(1);
        JsonNode value =
                given.has(key) ? given.path(key) : asked.path("variables").path(key);
        return value.isMissingNode() ? match.group() : value.asText();
    }

    private static JsonNode object(String text) {
        try {
            JsonNode node = Json.parse(text);
            if (node.isObject()) {
                return node;
            }
        } catch (JsonProcessingException e) {
            throw new Refusal(400, 21656);
        }
        throw new Refusal(400, 21656);
    }
}
