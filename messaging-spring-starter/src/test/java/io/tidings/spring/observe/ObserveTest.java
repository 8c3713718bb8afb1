package io.tidings.spring.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.tidings.Tidings;
import io.tidings.audit.Action;
import io.tidings.audit.AuditEntry;
import io.tidings.audit.AuditQuery;
import io.tidings.message.AccountId;
import io.tidings.message.MessageStatus;
import io.tidings.message.StoreUnavailableException;
import io.tidings.outbox.Stores;
import io.tidings.provider.InboundListing;
import io.tidings.provider.Provider;
import io.tidings.provider.ProviderClock;
import io.tidings.provider.SentListing;
import io.tidings.spring.SandboxTransportAutoConfiguration;
import io.tidings.spring.TidingsAutoConfiguration;
import io.tidings.spring.TidingsStoresAutoConfiguration;
import io.tidings.spring.TwilioTransportAutoConfiguration;
import io.tidings.test.FakeProvider;
import io.tidings.test.SteppableTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class ObserveTest {
    private static final String NUMBER = "+12025550143";

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    SandboxTransportAutoConfiguration.class,
                    TwilioTransportAutoConfiguration.class,
                    TidingsStoresAutoConfiguration.class,
                    TidingsAutoConfiguration.class,
                    TidingsPulseAutoConfiguration.class,
                    TidingsHealthAutoConfiguration.class,
                    TidingsActuatorAutoConfiguration.class,
                    TidingsMetricsAutoConfiguration.class,
                    TidingsObservationAutoConfiguration.class,
                    EndpointAutoConfiguration.class))
            .withPropertyValues("tidings.provider=sandbox", "management.endpoints.web.exposure.include=tidings");

    @Test
    void health_shows_the_queue_of_the_last_reading() {
        runner.run(context -> {
            context.getBean(Tidings.class).sms(NUMBER, "Your car is ready.");
            context.getBean(Pulse.class).read();

            Health health = context.getBean(TidingsHealthIndicator.class).health();
            assertThat(health.getStatus()).isEqualTo(Status.UP);
            assertThat(health.getDetails())
                    .containsEntry("store", "memory")
                    .containsEntry("worker", "off")
                    .containsEntry("queue", Map.of("scheduled", 0L, "queued", 1L, "sending", 0L, "uncertain", 0L));
            assertThat(health.toString()).doesNotContain(NUMBER.substring(1));
        });
    }

    @Test
    void health_and_the_endpoint_show_each_account_by_its_tenants_and_masked() {
        runner.withPropertyValues("tidings.tenants.acme.from=+12025550111").run(context -> {
            Tidings tidings = context.getBean(Tidings.class);
            AccountId id = tidings.accounts().get(1).id();
            tidings.validate(id);
            context.getBean(Pulse.class).read();

            Health health = context.getBean(TidingsHealthIndicator.class).health();
            assertThat(health.getDetails().get("accounts").toString())
                    .contains("acme", "state=ACTIVE", "age=PT", "account=AC…")
                    .doesNotContain(id.value());
            List<TidingsEndpoint.AccountState> shown =
                    new TidingsEndpoint(context.getBean(Pulse.class)).report().accounts();
            assertThat(shown).extracting(TidingsEndpoint.AccountState::name).containsExactly("default", "acme");
            assertThat(shown.toString()).contains("ACTIVE").doesNotContain(id.value());
        });
    }

    @Test
    void a_store_that_fails_makes_the_node_down_and_is_not_asked_by_the_caller() {
        SteppableTime time = new SteppableTime();
        Stores broken = Stores.inMemory(time);
        try (Tidings tidings = Tidings.builder(new FakeProvider(time))
                .stores(broken)
                .from("55512")
                .homeCountry("US")
                .build()) {
            Pulse pulse = new Pulse(tidings, null, Duration.ofSeconds(15), time);
            TidingsHealthIndicator indicator = new TidingsHealthIndicator(pulse);
            assertThat(indicator.health().getStatus()).isEqualTo(Status.UNKNOWN);

            pulse.read();
            assertThat(indicator.health().getStatus()).isEqualTo(Status.UP);
            time.forward(Duration.ofMinutes(5));
            assertThat(indicator.health().getStatus()).isEqualTo(Status.DOWN);
        }
        Reading failed = Reading.failed(new StoreUnavailableException("the store", new IllegalStateException()));
        assertThat(failed.trouble()).contains("the store");
        assertThat(Reading.failed(new IllegalStateException("a driver quotes " + NUMBER))
                        .trouble())
                .isEqualTo("IllegalStateException");
    }

    @Test
    void an_operator_pauses_and_resumes_a_node_with_a_reason_that_is_kept() {
        runner.run(context -> {
            TidingsEndpoint endpoint = context.getBean(TidingsEndpoint.class);
            Tidings tidings = context.getBean(Tidings.class);

            assertThat(endpoint.turn(TidingsEndpoint.Switch.PAUSE, "wrong price")
                            .standstill())
                    .contains("wrong price");
            assertThat(endpoint.turn(TidingsEndpoint.Switch.RESUME, "corrected").standstill())
                    .isNull();
            assertThat(tidings.audit().search(AuditQuery.all()))
                    .extracting(AuditEntry::action)
                    .contains(Action.SENDING_PAUSED, Action.SENDING_RESUMED);
        });
    }

    @Test
    void a_node_that_stands_still_is_not_sending_though_its_worker_runs() {
        try (Tidings tidings = Tidings.builder(new FakeProvider())
                .from("55512")
                .homeCountry("US")
                .start()) {
            TidingsEndpoint endpoint =
                    new TidingsEndpoint(new Pulse(tidings, null, Duration.ofSeconds(15), new SteppableTime()));

            assertThat(endpoint.report().sending()).isTrue();
            assertThat(endpoint.turn(TidingsEndpoint.Switch.PAUSE, "wrong price")
                            .sending())
                    .isFalse();
            assertThat(tidings.isWorking()).isTrue();
        }
    }

    @Test
    void the_endpoint_reports_counts_and_lag_but_is_not_there_unless_exposed() {
        runner.run(context -> {
            context.getBean(Tidings.class).sms(NUMBER, "Your car is ready.");
            context.getBean(Pulse.class).read();

            TidingsEndpoint.Report report =
                    context.getBean(TidingsEndpoint.class).report();
            assertThat(report.messages()).containsEntry("QUEUED", 1L);
            assertThat(report.lag()).startsWith("PT");
            assertThat(report.sending()).isFalse();
        });
        runner.withPropertyValues("management.endpoints.web.exposure.include=health")
                .run(context -> assertThat(context).doesNotHaveBean(TidingsEndpoint.class));
    }

    @Test
    void info_tells_the_store_and_whether_real_people_are_texted() {
        runner.run(context -> {
            context.getBean(Pulse.class).read();
            Info.Builder info = new Info.Builder();
            context.getBean(TidingsInfoContributor.class).contribute(info);

            assertThat(info.build().getDetails().get("tidings"))
                    .asString()
                    .contains("live=false", "store=memory", "version=");
        });
    }

    @Test
    void meters_follow_the_readings_and_name_no_number() {
        runner.withBean(MeterRegistry.class, SimpleMeterRegistry::new).run(context -> {
            MeterRegistry registry = context.getBean(MeterRegistry.class);
            context.getBean(TidingsMeters.class).bindTo(registry);
            context.getBean(Tidings.class).sms(NUMBER, "Your car is ready.");
            context.getBean(Pulse.class).read();

            assertThat(registry.get("tidings.queue.depth")
                            .tag("state", "queued")
                            .gauge()
                            .value())
                    .isEqualTo(1);
            assertThat(registry.get("tidings.queue.lag").timeGauge().value()).isNotNegative();
            assertThat(registry.get("tidings.worker.sending").gauge().value()).isZero();
            assertThat(registry.getMeters().toString()).doesNotContain(NUMBER.substring(1));
        });
    }

    @Test
    void a_delivery_is_observed_with_its_outcome_and_without_the_number() {
        SteppableTime time = new SteppableTime();
        FakeProvider fake = new FakeProvider(time);
        List<Observation.Context> seen = new ArrayList<>();
        List<String> named = new ArrayList<>();
        ObservationRegistry registry = ObservationRegistry.create();
        registry.observationConfig().observationHandler(new Keeping(seen, named));
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        SegmentCounter segments = new SegmentCounter(meters);
        Provider observed = new ObservedProvider(fake, registry, new DefaultDeliverConvention(), segments::count);
        try (Tidings tidings = Tidings.builder(observed)
                .from("55512")
                .homeCountry("US")
                .time(time)
                .executor(Runnable::run)
                .build()) {
            var receipt = tidings.sms(NUMBER, "Your car is ready.");
            tidings.runDue();
            time.forward(Duration.ofSeconds(5));
            tidings.runDue();

            assertThat(tidings.find(receipt.id()).orElseThrow().status()).isNotEqualTo(MessageStatus.QUEUED);
            assertThat(seen).singleElement().satisfies(context -> {
                assertThat(context.getName()).isEqualTo("tidings.deliver");
                assertThat(context.getLowCardinalityKeyValues().stream().map(Object::toString))
                        .anyMatch(key -> key.contains("outcome") && key.contains("accepted"))
                        .anyMatch(key -> key.contains("channel") && key.contains("sms"));
                assertThat(context.getAllKeyValues().toString()).doesNotContain(NUMBER.substring(1));
            });
            assertThat(named).containsExactly(receipt.id().toString());
            assertThat(MDC.get("tidings.id")).isNull();
            assertThat(meters.get("tidings.segments").counter().count()).isEqualTo(1);
        }
    }

    @Test
    void an_observed_provider_can_do_what_it_could_before() {
        runner.withBean(ObservationRegistry.class, ObservationRegistry::create).run(context -> {
            Provider observed = new ObservedProvider(
                    context.getBean(Provider.class),
                    ObservationRegistry.NOOP,
                    new DefaultDeliverConvention(),
                    accepted -> {});

            assertThat(observed.can(InboundListing.class)).isPresent();
            assertThat(observed.can(SentListing.class)).isPresent();
            assertThat(observed.can(ProviderClock.class)).isPresent();
            assertThat(observed.isLive()).isFalse();
            assertThat(context).hasNotFailed().hasSingleBean(Tidings.class);
        });
    }

    @Test
    void an_observed_provider_can_no_more_than_it_could_before() {
        Provider observed = new ObservedProvider(
                new FakeProvider(new SteppableTime()),
                ObservationRegistry.NOOP,
                new DefaultDeliverConvention(),
                accepted -> {});

        assertThat(observed.can(SentListing.class)).isPresent();
        assertThat(observed.can(InboundListing.class)).isEmpty();
        assertThat(observed.can(ProviderClock.class)).isEmpty();
    }

    @Test
    void without_actuator_and_micrometer_nothing_is_missed() {
        runner.withClassLoader(new FilteredClassLoader(
                        HealthIndicator.class, Endpoint.class, MeterRegistry.class, ObservationRegistry.class))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(Tidings.class)
                        .doesNotHaveBean("tidingsHealthIndicator")
                        .doesNotHaveBean("tidingsEndpoint")
                        .doesNotHaveBean("tidingsMeters"));
    }

    @Test
    void health_can_be_switched_off() {
        runner.withPropertyValues("management.health.tidings.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(TidingsHealthIndicator.class));
    }

    private record Keeping(List<Observation.Context> seen, List<String> named)
            implements ObservationHandler<Observation.Context> {
        @Override
        public void onStart(Observation.Context context) {
            named.add(MDC.get("tidings.id"));
        }

        @Override
        public void onStop(Observation.Context context) {
            seen.add(context);
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
            return true;
        }
    }
}
