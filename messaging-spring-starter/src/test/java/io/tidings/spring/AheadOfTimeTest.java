package io.tidings.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.Tidings;
import io.tidings.message.MessageStatus;
import io.tidings.spring.observe.TidingsAlertsAutoConfiguration;
import io.tidings.spring.observe.TidingsPulseAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.aot.test.generate.TestGenerationContext;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.test.tools.CompileWithForkedClassLoader;
import org.springframework.core.test.tools.TestCompiler;

/** An application is processed ahead of time, its code compiled, and run without looking at annotations again. */
class AheadOfTimeTest {
    private static final TestPropertyValues PROPERTIES = TestPropertyValues.of(
            "tidings.provider=sandbox", "spring.datasource.url=jdbc:h2:mem:aot;DB_CLOSE_DELAY=-1");

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        DataSourceAutoConfiguration.class,
        DataSourceTransactionManagerAutoConfiguration.class,
        TransactionAutoConfiguration.class,
        SandboxTransportAutoConfiguration.class,
        TwilioTransportAutoConfiguration.class,
        TidingsJdbcAutoConfiguration.class,
        TidingsStoresAutoConfiguration.class,
        TidingsAutoConfiguration.class,
        TidingsListenerAutoConfiguration.class,
        TidingsEventAutoConfiguration.class,
        TidingsPulseAutoConfiguration.class,
        TidingsAlertsAutoConfiguration.class
    })
    static class Host {
        @Bean
        Garage garage() {
            return new Garage();
        }
    }

    static class Garage {
        @OnSms(keyword = "status")
        String status() {
            return "Ready at bay 4.";
        }
    }

    @Test
    @CompileWithForkedClassLoader
    void what_was_made_ahead_of_time_sends_through_the_database() {
        TestGenerationContext generation = new TestGenerationContext();
        AnnotationConfigApplicationContext looked = new AnnotationConfigApplicationContext();
        PROPERTIES.applyTo(looked);
        looked.register(Host.class);
        var initializer = new ApplicationContextAotGenerator().processAheadOfTime(looked, generation);
        generation.writeGeneratedContent();

        TestCompiler.forSystem().with(generation).compile(compiled -> {
            GenericApplicationContext context = new GenericApplicationContext();
            @SuppressWarnings("unchecked")
            ApplicationContextInitializer<GenericApplicationContext> made =
                    compiled.getInstance(ApplicationContextInitializer.class, initializer.toString());
            PROPERTIES.applyTo(context);
            made.initialize(context);
            context.refresh();
            try (context) {
                Tidings tidings = context.getBean(Tidings.class);
                var id = tidings.sms("+12025550143", "Your car is ready.").id();
                tidings.runDue();

                assertThat(tidings.find(id).orElseThrow().status()).isNotEqualTo(MessageStatus.QUEUED);
                assertThat(context.getBean(io.tidings.jdbc.JdbcStores.class)
                                .state()
                                .version())
                        .isPositive();
            }
        });
        assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Garage.class, "status"))
                .as("the method that handles texts is called by reflection")
                .accepts(generation.getRuntimeHints());
        assertThat(RuntimeHintsPredicates.resource().forResource("io/tidings/jdbc/h2/V001__queue.sql"))
                .accepts(generation.getRuntimeHints());
    }
}
