package io.tidings.spring.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * What is answered.
 *
 * @param status the HTTP status
 * @param body its JSON
 * @param headers more headers
 */
record Answer(int status, JsonNode body, Map<String, String> headers) {

    static Answer ok(JsonNode body) {
        return new Answer(200, body, Map.of());
    }
}
