package io.tidings.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The page of properties is made from what the application reads; see the comment on its first line. */
class ConfigurationPageTest {
    private static final Path PAGE = Path.of("../docs/spring-configuration.md");
    private static final String START = "<!-- begin: properties -->\n";
    private static final String END = "<!-- end: properties -->\n";

    @Test
    void the_page_lists_every_property_with_its_default() throws Exception {
        String page = Files.readString(PAGE);
        int from = page.indexOf(START) + START.length();
        int to = page.indexOf(END);
        String made = table();
        if (Boolean.getBoolean("tidings.pages.write")) {
            Files.writeString(PAGE, page.substring(0, from) + made + page.substring(to));
        }

        assertThat(Files.readString(PAGE)).isEqualTo(page.substring(0, from) + made + page.substring(to));
    }

    private static String table() throws Exception {
        StringBuilder table = new StringBuilder("| property | default | what it says |\n| --- | --- | --- |\n");
        List<JsonNode> all = PropertyMetadataTest.properties().stream()
                .sorted(Comparator.comparing(property -> property.get("name").asString()))
                .toList();
        for (JsonNode property : all) {
            table.append("| `%s` | %s | %s |%n"
                    .formatted(
                            property.get("name").asString(),
                            standard(property.get("defaultValue")),
                            property.path("description").asString("").replace("|", "\\|")));
        }
        return table.toString();
    }

    private static String standard(JsonNode value) {
        return value == null || value.isArray() ? "" : "`" + value.asString() + "`";
    }
}
