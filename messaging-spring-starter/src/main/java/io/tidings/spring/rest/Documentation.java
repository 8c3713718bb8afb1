package io.tidings.spring.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What the API says of itself: its OpenAPI document and, where the class path has Swagger UI, a page that tries it out. It
 * is a page of its own, so that nothing of ours gets into the page that springdoc makes of the host's API.
 */
final class Documentation {
    private static final String DOCUMENT = "/openapi.json";
    private static final String HTML = "text/html;charset=utf-8";
    private static final String SCRIPT = "text/javascript;charset=utf-8";
    private static final String STYLE = "text/css;charset=utf-8";
    private static final String UI = "META-INF/resources/webjars/swagger-ui/";
    private static final String UI_VERSION = "META-INF/maven/org.webjars/swagger-ui/pom.properties";

    private final ClassLoader resources;
    private final Map<String, Source> pages;

    private record Source(String type, String resource) {}

    /** What is answered, and its media type. */
    record Page(String type, String text) {}

    private Documentation(ClassLoader resources, Map<String, Source> pages) {
        this.resources = resources;
        this.pages = pages;
    }

    /** The document alone, from a class loader that sees this jar. */
    static Documentation plain(ClassLoader resources) {
        return new Documentation(resources, Map.of());
    }

    /** With the page, if the class loader also sees what it is made of. */
    static Documentation interactive(ClassLoader resources) {
        String version = uiVersion(resources);
        if (version == null) {
            return plain(resources);
        }
        String ui = UI + version + "/";
        return new Documentation(
                resources,
                Map.of(
                        "/docs", new Source(HTML, own("docs.html")),
                        "/docs/docs.js", new Source(SCRIPT, own("docs.js")),
                        "/docs/swagger-ui.css", new Source(STYLE, ui + "swagger-ui.css"),
                        "/docs/swagger-ui-bundle.js", new Source(SCRIPT, ui + "swagger-ui-bundle.js")));
    }

    private static @Nullable String uiVersion(ClassLoader resources) {
        try (InputStream facts = resources.getResourceAsStream(UI_VERSION)) {
            if (facts == null) {
                return null;
            }
            Properties properties = new Properties();
            properties.load(facts);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String own(String name) {
        return Documentation.class.getPackageName().replace('.', '/') + "/" + name;
    }

    /**
     * What is at a path below the API's, if it is documentation.
     *
     * @param base address of the API, which the document names to those who read it
     */
    Optional<Page> page(String path, String base) throws IOException {
        if (path.equals(DOCUMENT)) {
            ObjectNode document = (ObjectNode) Fields.MAPPER.readTree(read(own("openapi.json")));
            document.withArray("servers").removeAll().addObject().put("url", base);
            return Optional.of(new Page("application/json", Fields.MAPPER.writeValueAsString(document)));
        }
        Source source = pages.get(path);
        return source == null ? Optional.empty() : Optional.of(new Page(source.type, read(source.resource)));
    }

    private String read(String resource) throws IOException {
        try (InputStream bytes = resources.getResourceAsStream(resource)) {
            return new String(Objects.requireNonNull(bytes, resource).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
