package io.tidings.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What goes back.
 *
 * @param status HTTP status
 * @param json the body as a tree, so that it can also leave as XML
 * @param page a body that is no JSON
 * @param headers beside the usual ones
 */
record Answer(int status, @Nullable ObjectNode json, Fault.@Nullable Page page, Map<String, String> headers) {
    static Answer json(int status, ObjectNode body) {
        return new Answer(status, body, null, Map.of());
    }

    static Answer empty(int status) {
        return new Answer(status, null, null, Map.of());
    }

    static Answer of(int status, int code, Fault.@Nullable Page page) {
        return page == null ? new Refusal(status, code).answer() : new Answer(status, null, page, Map.of());
    }

    static Answer throttled(@Nullable Duration retryAfter) {
        ObjectNode body = new Refusal(429, 20429).answer().json();
        return new Answer(
                429,
                body,
                null,
                retryAfter == null ? Map.of() : Map.of("Retry-After", Long.toString(retryAfter.toSeconds())));
    }

    String contentType(boolean xml) {
        return page != null ? page.contentType() : xml ? "application/xml" : "application/json";
    }

    byte[] bytes(boolean xml) {
        String text = page != null ? page.text() : json == null ? "" : xml ? Xml.of(json) : json.toString();
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
