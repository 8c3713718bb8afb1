package io.tidings.spring.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Something that can be called.
 *
 * @param method the HTTP method
 * @param path with variables in braces, as the OpenAPI document writes it
 * @param scope what the caller needs
 * @param input what its body is
 * @param answer does it
 */
record Endpoint(String method, String path, Scope scope, Input input, Function<Call, Answer> answer) {

    /** What a body is. */
    enum Input {
        /** A JSON object. */
        JSON,
        /** A JSON object, or nothing if all is said in the address. */
        PARAMETERS,
        /** A file, read as it comes. */
        FILE
    }

    Endpoint(String method, String path, Scope scope, Function<Call, Answer> answer) {
        this(method, path, scope, Input.JSON, answer);
    }

    /** What the variables hold, if this is the path. */
    Optional<List<String>> match(List<String> segments) {
        String[] wanted = path.substring(1).split("/", -1);
        List<String> variables = new ArrayList<>();
        if (wanted.length != segments.size()) {
            return Optional.empty();
        }
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i].startsWith("{")) {
                variables.add(segments.get(i));
            } else if (!wanted[i].equals(segments.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(variables);
    }

    boolean reads() {
        return method.equals("GET");
    }
}
