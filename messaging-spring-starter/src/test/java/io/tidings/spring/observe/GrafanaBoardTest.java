package io.tidings.spring.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.tidings.Tidings;
import io.tidings.inbound.Reply;
import io.tidings.message.AccountId;
import io.tidings.message.Channel;
import io.tidings.message.InboundMessage;
import io.tidings.message.MessageId;
import io.tidings.message.Money;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Received;
import io.tidings.message.Sender;
import io.tidings.message.TenantId;
import io.tidings.spring.SandboxTransportAutoConfiguration;
import io.tidings.spring.TidingsAutoConfiguration;
import io.tidings.spring.TidingsOutgoingAutoConfiguration;
import io.tidings.spring.TidingsStoresAutoConfiguration;
import io.tidings.spring.WebhookDecorator;
import io.tidings.webhook.WebhookRequest;
import io.tidings.webhook.WebhookResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The board shows meters that there are, and all of them. */
class GrafanaBoardTest {
    private static final Path BOARD = Path.of("..", "docs", "grafana", "tidings.json");
    private static final Pattern METRIC = Pattern.compile("\\btidings_[a-z_]+");

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    SandboxTransportAutoConfiguration.class,
                    TidingsOutgoingAutoConfiguration.class,
                    TidingsStoresAutoConfiguration.class,
                    TidingsAutoConfiguration.class,
                    TidingsPulseAutoConfiguration.class,
                    TidingsMetricsAutoConfiguration.class,
                    TidingsObservationAutoConfiguration.class))
            .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
            .withBean(ObservationRegistry.class, ObservationRegistry::create)
            .withPropertyValues(
                    "tidings.provider=sandbox",
                    "tidings.public-url=http://127.0.0.1:1",
                    "tidings.outgoing.endpoints.crm.url=https://crm.example.com/",
                    "tidings.outgoing.endpoints.crm.secrets=whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

    @Test
    void every_metric_of_the_board_exists_and_every_meter_is_on_it() throws Exception {
        Set<String> shown = shown();
        runner.run(context -> {
            MeterRegistry registry = context.getBean(MeterRegistry.class);
            ObservationRegistry observations = context.getBean(ObservationRegistry.class);
            observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(registry));
            context.getBean(TidingsMeters.class).bindTo(registry);
            Tidings tidings = context.getBean(Tidings.class);
            tidings.sms("+12025550143", "Your car is ready.");
            tidings.runDue();
            assertThat(context.getBean(WebhookDecorator.class)
                            .decorate(request -> new WebhookResponse(204, "text/plain", ""))
                            .apply(new WebhookRequest("POST", "/status/", Map.of(), new byte[0]))
                            .status())
                    .isEqualTo(204);
            new ObservedHandler(message -> Reply.none(), observations, null).handle(written());
            context.getBean(CostCounter.class).count(Money.of("0.0079", "USD"));

            Set<String> real = new TreeSet<>();
            Set<String> meters = new TreeSet<>();
            for (Meter meter : registry.getMeters()) {
                names(meter).forEach(real::add);
                meters.add(base(meter));
            }
            assertThat(real).containsAll(shown);
            assertThat(meters)
                    .filteredOn(meter -> !meter.endsWith("_active"))
                    .allSatisfy(meter -> assertThat(shown).anyMatch(name -> name.startsWith(meter)));
        });
    }

    private static InboundMessage written() {
        Received received = new Received(
                "SM" + "1".repeat(32),
                Channel.SMS,
                new PhoneNumber("+12025550143"),
                new Sender.ShortCode("55512"),
                null,
                "Status",
                List.of(),
                Map.of(),
                1,
                Instant.EPOCH);
        return new InboundMessage(new MessageId(new UUID(1, 2)), TenantId.DEFAULT, AccountId.DEFAULT, received);
    }

    private static Set<String> shown() throws Exception {
        JsonNode board = new JsonMapper().readTree(Files.readString(BOARD));
        Set<String> names = new TreeSet<>();
        board.findValuesAsString("expr").forEach(expr -> {
            Matcher metric = METRIC.matcher(expr);
            while (metric.find()) {
                names.add(metric.group());
            }
        });
        assertThat(names).hasSizeGreaterThan(10);
        return names;
    }

    private static String base(Meter meter) {
        return meter.getId().getName().replace('.', '_');
    }

    /** As Prometheus names them: times in seconds, counters as totals. */
    private static Stream<String> names(Meter meter) {
        String name = base(meter);
        return switch (meter.getId().getType()) {
            case COUNTER -> Stream.of(name + "_total");
            case TIMER -> Stream.of(name + "_seconds_count", name + "_seconds_sum", name + "_seconds_max");
            case GAUGE -> Stream.of(meter.getId().getBaseUnit() == null ? name : name + "_seconds");
            default -> Stream.of(name);
        };
    }
}
