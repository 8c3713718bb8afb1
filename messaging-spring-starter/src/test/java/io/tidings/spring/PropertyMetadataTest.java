package io.tidings.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.convert.DurationStyle;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What editors and the reference say of properties is what the application is given. */
class PropertyMetadataTest {

    static List<JsonNode> properties() throws Exception {
        try (InputStream in =
                PropertyMetadataTest.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            List<JsonNode> all = new ArrayList<>();
            new JsonMapper().readTree(in).get("properties").forEach(all::add);
            return all;
        }
    }

    @Test
    void the_default_in_the_metadata_is_the_one_in_force() throws Exception {
        TidingsProperties bound = new Binder(new MapConfigurationPropertySource(Map.of()))
                .bindOrCreate("tidings", TidingsProperties.class);
        Map<String, String> said = new LinkedHashMap<>();
        Map<String, String> inForce = new LinkedHashMap<>();
        for (JsonNode property : properties()) {
            String name = property.get("name").asString();
            if (property.get("sourceType").asString().startsWith(TidingsProperties.class.getName())) {
                JsonNode value = property.get("defaultValue");
                said.put(name, value == null || value.isArray() ? "" : normal(value.asString()));
                inForce.put(name, normal(String.valueOf(value(bound, name))));
            }
        }

        assertThat(said).hasSizeGreaterThan(30).isEqualTo(inForce);
    }

    @Test
    void every_property_is_described_as_spring_does_it() throws Exception {
        for (JsonNode property : properties()) {
            String name = property.get("name").asString();
            String text = property.path("description").asString("");
            assertThat(text)
                    .as(name)
                    .isNotBlank()
                    .endsWith(".")
                    .doesNotStartWith("The ")
                    .doesNotStartWith("A ");
            if (property.get("type").asString().equals("java.lang.Boolean")) {
                assertThat(text).as(name).startsWith("Whether ");
            }
        }
    }

    /** Empty for what is not set, and durations in one form. */
    private static String normal(String value) {
        if (value.equals("null") || value.equals("[]")) {
            return "";
        }
        try {
            Duration duration = value.startsWith("PT") ? Duration.parse(value) : DurationStyle.SIMPLE.parse(value);
            return value.matches("\\d+") ? value : duration.toString();
        } catch (IllegalArgumentException | java.time.DateTimeException e) {
            return value.toLowerCase(Locale.ROOT);
        }
    }

    private static Object value(Object record, String property) throws Exception {
        Object value = record;
        for (String part : property.substring("tidings.".length()).split("\\.", -1)) {
            value = value == null
                    ? null
                    : value.getClass().getMethod(camel(part)).invoke(value);
        }
        return value instanceof Collection<?> many && many.isEmpty() ? "" : value;
    }

    private static String camel(String dashed) {
        StringBuilder camel = new StringBuilder();
        for (String word : dashed.split("-", -1)) {
            camel.append(camel.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return camel.toString();
    }
}
