package io.tidings.sandbox;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Parameters by name. An empty value counts as missing, except for {@link #raw}.
 *
 * @param values as they came
 */
record Parameters(Map<String, List<String>> values) {
    @Nullable
    String get(String name) {
        String value = raw(name);
        return value == null || value.isEmpty() ? null : value;
    }

    @Nullable
    String raw(String name) {
        return values.containsKey(name) ? values.get(name).get(0) : null;
    }

    List<String> all(String name) {
        return values.getOrDefault(name, List.of()).stream()
                .filter(each -> !each.isEmpty())
                .toList();
    }

    boolean flag(String name, boolean usual) {
        String value = get(name);
        return value == null ? usual : Boolean.parseBoolean(value);
    }

    int number(String name, int usual, int code) {
        String value = get(name);
        try {
            return value == null ? usual : Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new Refusal(400, code);
        }
    }
}
