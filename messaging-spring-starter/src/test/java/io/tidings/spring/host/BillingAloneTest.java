package io.tidings.spring.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.Tidings;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestPropertySource;

/** The application as it was before. */
@ContextConfiguration(initializers = BillingAloneTest.WithoutTidings.class)
@TestPropertySource(properties = "server.port=0")
class BillingAloneTest extends BillingTests {

    static class WithoutTidings implements ApplicationContextInitializer<ConfigurableApplicationContext> {
        @Override
        public void initialize(ConfigurableApplicationContext context) {
            List<String> ours = StreamSupport.stream(
                            ImportCandidates.load(
                                            AutoConfiguration.class, getClass().getClassLoader())
                                    .spliterator(),
                            false)
                    .filter(name -> name.startsWith("io.tidings."))
                    .toList();
            TestPropertyValues.of("spring.autoconfigure.exclude=" + String.join(",", ours))
                    .applyTo(context);
        }
    }

    @Test
    void nothing_of_the_library_is_there() {
        assertThat(context.getBeansOfType(Tidings.class)).isEmpty();
        assertThat(context.getBeanDefinitionNames()).noneMatch(name -> name.contains("tidings"));
    }
}
