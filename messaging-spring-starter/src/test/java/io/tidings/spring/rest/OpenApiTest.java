package io.tidings.spring.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The document of the API says what the code does. */
class OpenApiTest {
    private static JsonNode document() throws IOException {
        try (InputStream document = OpenApiTest.class.getResourceAsStream("openapi.json")) {
            return new ObjectMapper().readTree(Objects.requireNonNull(document));
        }
    }

    @Test
    void it_has_every_endpoint_with_its_scope_and_no_other() throws IOException {
        List<String> written = new ArrayList<>();
        document()
                .get("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(operation ->
                                written.add(operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey() + " "
                                        + operation.getValue().get("x-scope").textValue())));
        List<String> built = TidingsRestAutoConfiguration.endpoints(
                        () -> {
                            throw new IllegalStateException("nothing is called");
                        },
                        new ConfiguredKeys(List.of()),
                        List.of())
                .stream()
                .map(endpoint -> endpoint.method() + " " + endpoint.path() + " " + endpoint.scope())
                .toList();

        assertThat(written).containsExactlyInAnyOrderElementsOf(built).doesNotHaveDuplicates();
    }

    @Test
    void every_operation_is_in_one_of_the_groups_that_it_describes_and_takes_a_tenant() throws IOException {
        JsonNode document = document();
        List<String> groups = document.get("tags").findValuesAsText("name");
        Set<String> used = new TreeSet<>();
        document.get("paths")
                .forEach(path -> path.forEach(operation -> {
                    assertThat(operation.get("tags")).hasSize(1);
                    used.add(operation.at("/tags/0").textValue());
                    assertThat(operation.get("parameters").findValuesAsText("$ref"))
                            .contains("#/components/parameters/Tenant");
                }));

        assertThat(groups).containsExactlyInAnyOrderElementsOf(used);
    }

    @Test
    void it_lists_every_code_of_a_problem_and_no_other() throws IOException {
        Set<String> thrown = new TreeSet<>();
        Pattern code = Pattern.compile("new Problem\\(\\s*[0-9]{3},\\s*\"([a-z-]+)\"");
        try (Stream<Path> files = Files.list(Path.of("src/main/java/io/tidings/spring/rest"))) {
            for (Path file : files.toList()) {
                Matcher found = code.matcher(Files.readString(file));
                while (found.find()) {
                    thrown.add(found.group(1));
                }
            }
        }
        List<String> listed = new ArrayList<>();
        document().at("/components/schemas/Problem/properties/code/enum").forEach(each -> listed.add(each.textValue()));

        assertThat(listed).containsExactlyInAnyOrderElementsOf(thrown);
    }

    @Test
    void every_reference_leads_somewhere() throws IOException {
        JsonNode document = document();
        List<JsonNode> references = document.findValues("$ref");

        assertThat(references).hasSizeGreaterThan(50);
        assertThat(references)
                .allMatch(reference ->
                        !document.at(reference.textValue().substring(1)).isMissingNode());
    }

    @Test
    void its_examples_have_the_fields_that_it_names() throws IOException {
        JsonNode document = document();
        int examples = 0;
        for (JsonNode body : document.findValues("requestBody")) {
            JsonNode content = body.at("/content/application~1json");
            if (content.isMissingNode()) {
                body.get("content")
                        .forEach(file ->
                                assertThat(file.get("example").textValue()).isNotBlank());
                continue;
            }
            JsonNode schema = document.at(content.at("/schema/$ref").textValue().substring(1));
            content.get("example")
                    .fieldNames()
                    .forEachRemaining(
                            name -> assertThat(schema.get("properties").has(name))
                                    .as(name)
                                    .isTrue());
            schema.path("required")
                    .forEach(name -> assertThat(content.get("example").has(name.textValue()))
                            .as(name.textValue())
                            .isTrue());
            examples++;
        }
        assertThat(examples).isGreaterThan(5);
    }
}
