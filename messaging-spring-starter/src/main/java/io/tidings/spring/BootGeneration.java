package io.tidings.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootVersion;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** Refuses another generation of Spring Boot with a sentence, before its absent classes do it with a stack trace. */
final class BootGeneration implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    private static final String NEEDED = "4.";

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        check(SpringBootVersion.getVersion());
    }

    static void check(@Nullable String version) {
        if (version != null && !version.startsWith(NEEDED)) {
            throw new SetupProblem(
                    SetupProblem.Kind.BOOT_GENERATION,
                    "This starter is made for Spring Boot 4, and this application runs on " + version + ".",
                    "Use Spring Boot 4.0 or newer, or use messaging-core and messaging-jdbc without the starter.");
        }
    }
}
