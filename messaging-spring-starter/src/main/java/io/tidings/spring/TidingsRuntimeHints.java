package io.tidings.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/** What a native image keeps of our jars, of libphonenumber's and of Swagger UI's, which are read by name. */
final class TidingsRuntimeHints implements RuntimeHintsRegistrar {

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader loader) {
        hints.resources()
                .registerPattern("io/tidings/jdbc/*/*.sql")
                .registerPattern("io/tidings/jdbc/*/scripts.txt")
                .registerPattern("io/tidings/retry/error-codes.csv")
                .registerPattern("io/tidings/message/*")
                .registerPattern("io/tidings/spring/rest/*")
                .registerPattern("META-INF/maven/org.webjars/swagger-ui/pom.properties")
                .registerPattern("META-INF/resources/webjars/swagger-ui/*/swagger-ui*")
                .registerPattern("com/google/i18n/phonenumbers/data/*")
                .registerPattern("com/google/i18n/phonenumbers/timezones/*");
    }
}
