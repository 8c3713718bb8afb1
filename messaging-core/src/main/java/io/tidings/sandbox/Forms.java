package io.tidings.sandbox;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Form-encoded parameters; a name may come several times. */
final class Forms {
    private Forms() {}

    /** Lenient: a broken percent sign stays as it is. */
    static Map<String, List<String>> parse(@Nullable String text) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        if (text != null && !text.isEmpty()) {
            for (String pair : text.split("&", -1)) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                values.computeIfAbsent(decoded(name), any -> new ArrayList<>()).add(decoded(value));
            }
        }
        return values;
    }

    static String encode(Map<String, List<String>> values) {
        StringBuilder out = new StringBuilder();
        values.forEach((name, each) -> each.forEach(value -> out.append(out.isEmpty() ? "" : "&")
                .append(encoded(name))
                .append('=')
                .append(encoded(value))));
        return out.toString();
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
