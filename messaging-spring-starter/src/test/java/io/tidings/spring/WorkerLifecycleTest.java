package io.tidings.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidings.Tidings;
import io.tidings.message.MessageStatus;
import io.tidings.outbox.Receipt;
import io.tidings.sandbox.Sandbox;
import io.tidings.template.TemplateDraft;
import io.tidings.template.Templates;
import io.tidings.test.TestTidings;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.mock.env.MockEnvironment;

@ExtendWith(OutputCaptureExtension.class)
class WorkerLifecycleTest {

    private static ConfigurableApplicationContext run(String... properties) {
        return new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .properties("tidings.provider=sandbox", "spring.main.banner-mode=off", "logging.level.io.tidings=INFO")
                .properties(properties)
                .run();
    }

    @Test
    void messages_leave_once_the_application_is_ready() throws InterruptedException {
        try (ConfigurableApplicationContext context = run()) {
            Tidings tidings = context.getBean(Tidings.class);
            Receipt receipt = tidings.sms("+12025550143", "Your car is ready.");
            tidings.await(receipt.id(), Duration.ofSeconds(20));

            assertThat(context.getBean(Sandbox.class).messages()).hasSize(1);
            assertThat(context.getBean(WorkerLifecycle.class).isWorking()).isTrue();
        }
    }

    @Test
    void a_start_says_in_one_line_what_it_runs_with(CapturedOutput output) {
        try (ConfigurableApplicationContext context = run()) {
            String url = context.getBean(Sandbox.class).url();

            assertThat(output.getOut().lines().filter(line -> line.contains("StartLine") || line.contains("provider ")))
                    .singleElement()
                    .asString()
                    .contains("sandbox at " + url, "store memory", "worker on", "callbacks none");
        }
    }

    @Test
    void a_node_that_only_takes_messages_in_sends_none(CapturedOutput output) {
        try (ConfigurableApplicationContext context = run("tidings.worker.enabled=false")) {
            Receipt receipt = context.getBean(Tidings.class).sms("+12025550143", "Your car is ready.");

            assertThat(receipt.status()).isEqualTo(MessageStatus.QUEUED);
            assertThat(context.getBean(WorkerLifecycle.class).isWorking()).isFalse();
            assertThat(output).contains("worker off");
        }
    }

    @Test
    void after_its_stop_the_node_still_takes_messages_in() {
        try (ConfigurableApplicationContext context = run()) {
            WorkerLifecycle worker = context.getBean(WorkerLifecycle.class);
            worker.stop();

            Receipt receipt = context.getBean(Tidings.class).sms("+12025550143", "Your car is ready.");
            assertThat(receipt.status()).isEqualTo(MessageStatus.QUEUED);
            assertThat(worker.isRunning()).isFalse();
        }
    }

    @Test
    void a_template_that_is_missing_or_asks_for_more_ends_the_start() {
        try (TestTidings kit = TestTidings.overFake()) {
            Templates templates = kit.tidings().templates();
            TemplateCheck check = new TemplateCheck(List.of(RequiredTemplate.of("order-ready", "order")));

            assertThatThrownBy(() -> check.check(templates))
                    .isInstanceOf(SetupProblem.class)
                    .hasMessageContaining("'order-ready', and there is none");
            templates.create(TemplateDraft.of("order-ready", "Order {{order}} is ready."));
            assertThatCode(() -> check.check(templates)).doesNotThrowAnyException();
            templates.update(TemplateDraft.of("order-ready", "Order {{order}}\nis ready at {{bay}}."));
            assertThatThrownBy(() -> check.check(templates))
                    .hasMessageContaining("line 2")
                    .hasMessageContaining("'bay'");
        }
    }

    @Test
    void it_stops_before_the_web_server_drains() {
        try (ConfigurableApplicationContext context = run()) {
            WorkerLifecycle worker = context.getBean(WorkerLifecycle.class);

            assertThat(worker.getPhase()).isEqualTo(SmartLifecycle.DEFAULT_PHASE - 512);
            assertThat(worker.isPauseable()).isFalse();
        }
    }

    @Test
    void a_grace_that_spring_would_cut_short_is_noticed() {
        TidingsProperties.Worker worker = new TidingsProperties.Worker(
                true,
                64,
                Duration.ofSeconds(1),
                Duration.ofSeconds(60),
                Duration.ofSeconds(30),
                Duration.ofSeconds(25),
                0);

        assertThat(GraceCheck.check(worker, new MockEnvironment())).isTrue();
        assertThat(GraceCheck.check(
                        worker,
                        new MockEnvironment().withProperty("spring.lifecycle.timeout-per-shutdown-phase", "20s")))
                .isFalse();
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        SandboxTransportAutoConfiguration.class,
        TwilioTransportAutoConfiguration.class,
        TidingsStoresAutoConfiguration.class,
        TidingsAutoConfiguration.class
    })
    static class Application {}
}
