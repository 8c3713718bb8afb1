package io.tidings.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;

class RuntimeHintsTest {

    @Test
    void every_file_that_is_read_by_name_is_kept_in_a_native_image() {
        RuntimeHints hints = new RuntimeHints();
        new TidingsRuntimeHints().registerHints(hints, getClass().getClassLoader());

        for (String name : List.of(
                "io/tidings/jdbc/postgresql/V001__queue.sql",
                "io/tidings/jdbc/h2/scripts.txt",
                "io/tidings/retry/error-codes.csv",
                "io/tidings/message/country-zones.csv",
                "io/tidings/message/graphemes.txt",
                "io/tidings/spring/rest/openapi.json",
                "io/tidings/spring/rest/docs.html",
                "META-INF/maven/org.webjars/swagger-ui/pom.properties",
                "com/google/i18n/phonenumbers/data/PhoneNumberMetadataProto_US")) {
            assertThat(getClass().getClassLoader().getResource(name)).as(name).isNotNull();
            assertThat(RuntimeHintsPredicates.resource().forResource(name)).accepts(hints);
        }
    }
}
