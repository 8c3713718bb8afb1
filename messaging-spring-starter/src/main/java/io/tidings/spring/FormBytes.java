package io.tidings.spring;

import io.tidings.webhook.Webhooks;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The body of a webhook, written again from its parameters if a filter of the host has read it before us. */
final class FormBytes {
    private static final String FORM = "application/x-www-form-urlencoded";

    private FormBytes() {}

    /** At most one byte more than a webhook may have. */
    static byte[] of(HttpServletRequest request) throws IOException {
        byte[] body = request.getInputStream().readNBytes(Webhooks.MAX_BODY_BYTES + 1);
        String type = request.getContentType();
        boolean wasRead = body.length == 0 && request.getContentLengthLong() != 0;
        return wasRead && type != null && type.startsWith(FORM) ? rewritten(request) : body;
    }

    /** The signature is over the decoded values, so the same values in other escapes are as good. */
    private static byte[] rewritten(HttpServletRequest request) {
        List<String> inQuery = namesInQuery(request.getQueryString());
        StringBuilder form = new StringBuilder();
        for (Map.Entry<String, String[]> parameter : request.getParameterMap().entrySet()) {
            long before = inQuery.stream().filter(parameter.getKey()::equals).count();
            // The servlet specification puts the values of the query first.
            Arrays.stream(parameter.getValue())
                    .skip(before)
                    .forEach(value -> form.append(form.isEmpty() ? "" : "&")
                            .append(encoded(parameter.getKey()))
                            .append('=')
                            .append(encoded(value)));
        }
        return form.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static List<String> namesInQuery(@Nullable String query) {
        List<String> names = new ArrayList<>();
        if (query != null) {
            for (String parameter : query.split("&", -1)) {
                names.add(URLDecoder.decode(parameter.split("=", 2)[0], StandardCharsets.UTF_8));
            }
        }
        return names;
    }
}
