package io.tidings.sandbox;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request, read whole.
 *
 * @param method GET, POST or DELETE
 * @param path without query, still encoded
 * @param query parameters behind the question mark
 * @param body as text
 * @param authorization the header
 */
record Call(
        String method,
        String path,
        Map<String, List<String>> query,
        String body,
        @Nullable String authorization) {
    static final int LONGEST_BODY = 1_000_000;

    static Call read(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(LONGEST_BODY + 1);
        String path = exchange.getRequestURI().getRawPath();
        return new Call(
                exchange.getRequestMethod(),
                path == null ? "" : path,
                Forms.parse(exchange.getRequestURI().getRawQuery()),
                new String(body, StandardCharsets.UTF_8),
                exchange.getRequestHeaders().getFirst("Authorization"));
    }

    boolean tooLong() {
        return body.length() > LONGEST_BODY;
    }

    boolean isCreate() {
        return method.equals("POST") && path.matches("/2010-04-01/Accounts/[^/]+/Messages(\\.json)?");
    }

    boolean wantsXml() {
        return path.startsWith("/2010-04-01/") && !path.endsWith(".json");
    }

    Parameters form() {
        return new Parameters(Forms.parse(body));
    }

    Parameters queried() {
        return new Parameters(query);
    }

    /** For the log: what a creation asks for, whether it is valid or not. */
    LogEntry.@Nullable Create asCreate() {
        if (!isCreate()) {
            return null;
        }
        Parameters form = form();
        // Of a template only its variables came in.
        String text = form.get("Body") != null ? form.get("Body") : form.get("ContentVariables");
        boolean whole = !form.all("MediaUrl").isEmpty() || Numbers.isWhatsApp(String.valueOf(form.get("To")));
        int segments = whole ? 1 : text == null ? 0 : SegmentCount.of(text);
        return new LogEntry.Create(
                form.get("From"),
                form.get("To"),
                form.get("MessagingServiceSid"),
                text,
                segments,
                form.get("ValidityPeriod"));
    }
}
