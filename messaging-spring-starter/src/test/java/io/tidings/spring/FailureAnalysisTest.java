package io.tidings.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidings.message.NotConfiguredException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.mock.env.MockEnvironment;

@ExtendWith(OutputCaptureExtension.class)
class FailureAnalysisTest {

    /** As it lies in the jar. */
    private static String page(String name) throws IOException {
        try (InputStream in = SetupFailureAnalyzer.class.getClassLoader().getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @EnumSource(SetupProblem.Kind.class)
    void every_problem_has_a_section_that_its_analysis_names(SetupProblem.Kind kind) throws IOException {
        FailureAnalysis analysis = new SetupFailureAnalyzer(null, null)
                .analyze(new IllegalStateException(new SetupProblem(kind, "This is wrong.", "Do that.")));

        assertThat(analysis.getDescription()).isEqualTo("This is wrong.");
        assertThat(analysis.getAction())
                .startsWith("Do that.")
                .contains('"' + kind.title() + '"', SetupFailureAnalyzer.PAGE);
        assertThat(page(SetupFailureAnalyzer.PAGE).lines()).contains("## " + kind.title());
    }

    @Test
    void what_core_says_of_a_setting_is_shown_without_a_stack_trace() throws IOException {
        FailureAnalysis analysis = new ConfigurationFailureAnalyzer()
                .analyze(new IllegalStateException(new NotConfiguredException("the home country is not set")));

        assertThat(analysis.getDescription()).contains("the home country is not set");
        assertThat(analysis.getAction()).contains("TidingsCustomizer", "META-INF/tidings/spring-configuration.md");
        assertThat(page("META-INF/tidings/spring-configuration.md")).contains("tidings.home-country");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Newcomer {}

    private static String saidAtTheStart(CapturedOutput output, String... properties) {
        int before = output.length();
        SpringApplication application = new SpringApplication(Newcomer.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        assertThatThrownBy(() -> application.run(properties).close()).isNotNull();
        return output.toString().substring(before);
    }

    @Test
    void whoever_chose_twilio_and_set_nothing_learns_of_all_settings_at_once(CapturedOutput output) {
        String said =
                saidAtTheStart(output, "--tidings.provider=twilio", "--spring.datasource.url=" + Contexts.freshUrl());

        assertThat(said)
                .contains("APPLICATION FAILED TO START", "for 3 reasons")
                .contains("1. The credentials of Twilio are missing")
                .contains("2. The property tidings.from is not set")
                .contains("3. The property tidings.secret is not set")
                .contains("the section \"credentials\"", "the section \"sender\"", "the section \"no secret\"")
                .doesNotContain("There is no DataSource");
    }

    @Test
    void a_port_of_the_sandbox_that_is_taken_is_told_without_a_stack_trace(CapturedOutput output) throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String said = saidAtTheStart(
                    output, "--tidings.provider=sandbox", "--tidings.sandbox.port=" + taken.getLocalPort());

            assertThat(said)
                    .contains("APPLICATION FAILED TO START", "cannot listen on port " + taken.getLocalPort())
                    .contains("the section \"sandbox port\"")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void a_database_that_does_not_answer_is_told_with_the_property_that_names_it(CapturedOutput output) {
        String said = saidAtTheStart(
                output,
                "--tidings.provider=sandbox",
                "--spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID() + ";IFEXISTS=TRUE",
                "--spring.datasource.hikari.connection-timeout=500",
                "--spring.flyway.enabled=false",
                "--spring.liquibase.enabled=false",
                // It opens the database before us, and fails in its own words.
                "--spring.autoconfigure.exclude="
                        + "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration");

        assertThat(said)
                .contains("APPLICATION FAILED TO START", "spring.datasource.url")
                .contains("the section \"database not reached\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // Nothing here brings this driver.
                "--spring.datasource.url=jdbc:oracle:thin:@127.0.0.1:1 | oracle.jdbc.OracleDriver",
                "--spring.datasource.driver-class-name=com.example.Driver | com.example.Driver"
            })
    void a_driver_that_is_missing_is_told_with_the_property_that_asks_for_it(
            String property, String driver, CapturedOutput output) {
        String said = saidAtTheStart(output, "--tidings.provider=sandbox", property);

        assertThat(said)
                .contains("APPLICATION FAILED TO START", driver + ", is not on the class path")
                .contains("the property " + property.substring(2, property.indexOf('=')))
                .contains("the section \"no driver\"")
                .doesNotContain("\tat ");
    }

    @ParameterizedTest
    @CsvSource({
        "dataSource, oracle.jdbc.OracleDriver, no class oracle.jdbc.OracleDriver, true",
        "dataSource, oracle.jdbc.OracleDriver, no secret is there, false",
        "dataSource, org.h2.Driver, no class org.h2.Driver, false",
        "other, oracle.jdbc.OracleDriver, no class oracle.jdbc.OracleDriver, false"
    })
    void a_bean_that_fails_for_another_reason_is_not_said_to_lack_a_driver(
            String failed, String driver, String words, boolean isTold) {
        StaticListableBeanFactory beans = new StaticListableBeanFactory(
                Map.of("dataSource", new DriverManagerDataSource(), "other", "no database"));
        MockEnvironment environment = new MockEnvironment().withProperty("spring.datasource.driver-class-name", driver);

        FailureAnalysis analysis = new DriverFailureAnalyzer(beans, environment)
                .analyze(new BeanCreationException("first", "needs another", new BeanCreationException(failed, words)));

        assertThat(analysis != null).isEqualTo(isTold);
    }

    @Test
    void credentials_that_are_wrong_are_said_to_lie_where_they_may_lie(CapturedOutput output) {
        String said = saidAtTheStart(
                output,
                "--tidings.provider=twilio",
                "--tidings.twilio.account-sid=ACxyz",
                "--tidings.twilio.auth-token=token");

        assertThat(said)
                .contains("the Twilio settings in the properties tidings.twilio.… and the environment are wrong");
    }

    @Test
    void what_is_set_and_cannot_be_used_is_named_beside_what_is_missing(CapturedOutput output) {
        String said = saidAtTheStart(
                output,
                "--tidings.twilio.account-sid=AC0123456789abcdef0123456789abcdef",
                "--tidings.twilio.auth-token=token",
                "--tidings.from=202 555 0100",
                "--tidings.secret=swordfish",
                "--spring.datasource.url=" + Contexts.freshUrl());

        assertThat(said)
                .contains(
                        "for 2 reasons", "1. The property tidings.from is no sender", "2. The property tidings.secret")
                .doesNotContain("swordfish");
    }

    @Test
    void a_single_reason_is_not_numbered(CapturedOutput output) {
        String said = saidAtTheStart(
                output,
                "--tidings.twilio.account-sid=AC0123456789abcdef0123456789abcdef",
                "--tidings.twilio.auth-token=token",
                "--tidings.from=+12025550100",
                "--spring.datasource.url=" + Contexts.freshUrl());

        assertThat(said)
                .contains("The property tidings.secret is not set", "the section \"no secret\"")
                .doesNotContain("reasons", "1. ");
    }

    @Test
    void another_generation_of_boot_is_refused_with_a_sentence() {
        assertThatThrownBy(() -> BootGeneration.check("3.5.16"))
                .isInstanceOfSatisfying(
                        SetupProblem.class,
                        problem -> assertThat(problem.kind()).isEqualTo(SetupProblem.Kind.BOOT_GENERATION))
                .hasMessageContaining("3.5.16");
        assertThatCode(() -> BootGeneration.check(SpringBootVersion.getVersion()))
                .doesNotThrowAnyException();
        assertThatCode(() -> BootGeneration.check(null)).doesNotThrowAnyException();
    }
}
