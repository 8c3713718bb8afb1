package io.tidings.spring.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.spring.rest.RestRig.Told;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.core.io.ClassPathResource;

/** What the API says of itself, to programs and to people. */
class DocumentationOverHttpTest {
    private static final Pattern REFERENCE = Pattern.compile("(?:src|href)=\"(docs/[^\"]+)\"");

    private final RestRig rig = new RestRig();

    @Test
    void a_browser_gets_a_page_to_try_the_api_out_with_all_that_it_refers_to() {
        rig.run(context -> {
            Told page = rig.call(context, "GET", "/docs", "");
            List<String> references = REFERENCE
                    .matcher(page.response().body())
                    .results()
                    .map(found -> found.group(1))
                    .toList();

            assertThat(type(page)).isEqualTo("text/html;charset=utf-8");
            assertThat(references)
                    .containsExactly("docs/swagger-ui.css", "docs/swagger-ui-bundle.js", "docs/docs.js")
                    .allSatisfy(reference -> {
                        Told part = rig.call(context, "GET", "/" + reference, "");
                        assertThat(part.status()).isEqualTo(200);
                        assertThat(type(part)).startsWith(reference.endsWith(".css") ? "text/css" : "text/javascript");
                        assertThat(part.response().body()).isNotBlank();
                    });
        });
    }

    private static String type(Told told) {
        return told.response().headers().firstValue("Content-Type").orElse("none");
    }

    @Test
    void the_page_runs_no_script_of_others_talks_to_nobody_else_and_is_in_no_frame() {
        rig.run(context -> {
            Told page = rig.call(context, "GET", "/docs", "");
            Told start = rig.call(context, "GET", "/docs/docs.js", "");

            assertThat(page.response().headers().firstValue("Content-Security-Policy"))
                    .hasValueSatisfying(policy -> assertThat(policy)
                            .contains(
                                    "default-src 'none'",
                                    "script-src 'self';",
                                    "connect-src 'self';",
                                    "frame-ancestors 'none'"));
            assertThat(page.response().body()).doesNotContain("http:", "https:");
            assertThat(start.response().body()).contains("validatorUrl: null");
        });
    }

    @Test
    void a_stranger_gets_neither_the_page_nor_a_part_of_it() {
        rig.run(context -> {
            for (String path : List.of("/docs", "/docs/docs.js", "/docs/swagger-ui-bundle.js", "/openapi.json")) {
                Told refused = rig.call(context, "GET", path, "", "X-Forwarded-For", "203.0.113.7");

                assertThat(refused.status()).as(path).isEqualTo(401);
                assertThat(refused.code()).as(path).isEqualTo("unauthorized");
            }
        });
    }

    @Test
    void nothing_else_of_the_class_path_can_be_read_through_it() {
        rig.run(context -> {
            for (String path : List.of(
                    "/docs/",
                    "/docs/openapi.json",
                    "/docs/index.html",
                    "/docs/%2e%2e/docs.js",
                    "/docs/..%2f..%2fapplication.yaml",
                    "/docs/swagger-ui-bundle.js.map")) {
                assertThat(rig.call(context, "GET", path, "").status()).as(path).isIn(400, 404);
            }
            assertThat(rig.call(context, "POST", "/docs", "").status()).isEqualTo(404);
        });
    }

    @Test
    void the_document_names_the_address_that_it_was_read_at() {
        rig.with("server.servlet.context-path=/shop", "tidings.rest.path=/desk").run(context -> {
            Told document = rig.get(RestRig.server(context).resolve("/shop/desk/openapi.json"));

            assertThat(document.json().at("/servers/0/url").textValue()).isEqualTo("/shop/desk");
            assertThat(document.json().get("servers")).hasSize(1);
        });
    }

    @Test
    void an_application_without_swagger_ui_has_the_document_alone() {
        rig.in(application -> application.withClassLoader(new FilteredClassLoader(
                        new ClassPathResource("META-INF/maven/org.webjars/swagger-ui/pom.properties"))))
                .run(context -> {
                    assertThat(rig.call(context, "GET", "/docs", "").code()).isEqualTo("not-found");
                    assertThat(rig.call(context, "GET", "/openapi.json", "").status())
                            .isEqualTo(200);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"springdoc.api-docs.enabled", "springdoc.swagger-ui.enabled"})
    void whoever_switches_the_pages_of_springdoc_off_has_none_of_ours(String property) {
        rig.with(property + "=false").run(context -> {
            assertThat(rig.call(context, "GET", "/docs", "").code()).isEqualTo("not-found");
            assertThat(rig.call(context, "GET", "/openapi.json", "").status()).isEqualTo(200);
        });
    }
}
