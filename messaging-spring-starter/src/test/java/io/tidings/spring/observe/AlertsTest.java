package io.tidings.spring.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidings.Tidings;
import io.tidings.alert.AlertStore;
import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import io.tidings.message.Money;
import io.tidings.outbox.Stores;
import io.tidings.spring.SandboxTransportAutoConfiguration;
import io.tidings.spring.TidingsAutoConfiguration;
import io.tidings.spring.TidingsJdbcAutoConfiguration;
import io.tidings.spring.TidingsStoresAutoConfiguration;
import io.tidings.test.FakeProvider;
import io.tidings.test.SteppableTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

/** What got worse is told once over all nodes, and its recovery once. */
class AlertsTest {
    private static final TidingsAlertProperties BOUNDS =
            new TidingsAlertProperties(true, Duration.ofMinutes(15), 0.8, 10, Duration.ofMinutes(5), 0, null);
    private static final Duration LEASE = Duration.ofSeconds(75);
    private static final Duration LATE = Duration.ofMinutes(6);

    private final SteppableTime time = new SteppableTime();
    private final AlertStore store = Stores.inMemory(time).records().alerts();
    private final Node node = new Node("a");

    /** One of the nodes over the store. */
    private final class Node {
        final Degradations degradations = new Degradations(BOUNDS, time);
        final Watch watch;

        Node(String name) {
            watch = new Watch(store, name, LEASE);
        }

        List<TidingsAlert> after(Duration lag, long delivered, long undelivered, long dead) {
            List<TidingsAlert> news = changed(lag, delivered, undelivered, dead);
            news.forEach(watch::told);
            return news;
        }

        List<TidingsAlert> changed(Duration lag, long delivered, long undelivered, long dead) {
            return watch.changed(degradations.after(new Reading(
                    Map.of(
                            MessageStatus.DELIVERED,
                            delivered,
                            MessageStatus.UNDELIVERED,
                            undelivered,
                            MessageStatus.DEAD,
                            dead),
                    lag,
                    null,
                    List.of(),
                    null)));
        }
    }

    private List<TidingsAlert> after(Duration lag, long delivered, long undelivered, long dead) {
        return node.after(lag, delivered, undelivered, dead);
    }

    @Test
    void a_lag_is_told_when_it_grows_over_its_bound_and_when_it_is_back() {
        assertThat(after(Duration.ofMinutes(5), 0, 0, 0)).isEmpty();
        assertThat(after(Duration.ofMinutes(6), 0, 0, 0))
                .containsExactly(
                        new TidingsAlert.QueueLag(true, time.instant(), Duration.ofMinutes(6), Duration.ofMinutes(5)));
        assertThat(after(Duration.ofMinutes(7), 0, 0, 0)).isEmpty();
        assertThat(after(Duration.ofMinutes(1), 0, 0, 0))
                .containsExactly(
                        new TidingsAlert.QueueLag(false, time.instant(), Duration.ofMinutes(1), Duration.ofMinutes(5)));
        assertThat(after(Duration.ZERO, 0, 0, 0)).isEmpty();
    }

    @Test
    void a_delivery_rate_counts_what_ended_within_the_window_if_that_is_enough() {
        after(Duration.ZERO, 1_000, 0, 0);
        time.forward(Duration.ofMinutes(1));
        assertThat(after(Duration.ZERO, 1_000, 9, 0)).isEmpty();
        time.forward(Duration.ofMinutes(1));
        assertThat(after(Duration.ZERO, 1_005, 15, 0))
                .containsExactly(new TidingsAlert.DeliveryRate(true, time.instant(), 0.25, 0.8, 20));

        time.forward(Duration.ofMinutes(15));
        assertThat(after(Duration.ZERO, 1_008, 15, 0)).isEmpty();
        time.forward(Duration.ofMinutes(15));
        assertThat(after(Duration.ZERO, 1_028, 15, 0))
                .containsExactly(new TidingsAlert.DeliveryRate(false, time.instant(), 1, 0.8, 20));
    }

    @Test
    void rows_that_were_deleted_are_no_failures() {
        after(Duration.ZERO, 1_000, 100, 0);
        time.forward(Duration.ofMinutes(1));

        assertThat(after(Duration.ZERO, 40, 100, 0)).isEmpty();
    }

    @Test
    void new_dead_letters_are_told_and_old_ones_are_not() {
        assertThat(after(Duration.ZERO, 0, 0, 7)).isEmpty();
        time.forward(Duration.ofMinutes(1));
        assertThat(after(Duration.ZERO, 0, 0, 8))
                .containsExactly(new TidingsAlert.DeadLetters(true, time.instant(), 8, 1));
        time.forward(Duration.ofMinutes(1));
        assertThat(after(Duration.ZERO, 0, 0, 9)).isEmpty();

        time.forward(Duration.ofMinutes(15));
        assertThat(after(Duration.ZERO, 0, 0, 9))
                .containsExactly(new TidingsAlert.DeadLetters(false, time.instant(), 9, 0));
    }

    @Test
    void a_reading_that_failed_recovers_nothing() {
        after(Duration.ofMinutes(6), 0, 0, 0);

        assertThat(node.degradations.after(Reading.failed(new IllegalStateException())))
                .isEmpty();
        assertThat(after(Duration.ofMinutes(6), 0, 0, 0)).isEmpty();
    }

    @Test
    void of_three_nodes_one_tells_what_got_worse_and_that_it_is_back() {
        Node second = new Node("b");
        Node third = new Node("c");

        assertThat(second.after(LATE, 0, 0, 0)).hasSize(1);
        assertThat(node.after(LATE, 0, 0, 0)).isEmpty();
        assertThat(third.after(LATE, 0, 0, 0)).isEmpty();

        assertThat(third.after(Duration.ZERO, 0, 0, 0)).isEmpty();
        assertThat(second.after(Duration.ZERO, 0, 0, 0))
                .singleElement()
                .satisfies(back -> assertThat(back.isRaised()).isFalse());
        assertThat(node.after(Duration.ZERO, 0, 0, 0)).isEmpty();
    }

    @Test
    void what_a_dead_node_told_is_not_told_again_and_its_end_is() {
        Node next = new Node("b");
        node.after(LATE, 0, 0, 0);
        assertThat(next.after(Duration.ZERO, 0, 0, 0)).isEmpty();

        time.forward(LEASE);
        assertThat(next.after(LATE, 0, 0, 0)).isEmpty();
        assertThat(next.after(Duration.ZERO, 0, 0, 0)).hasSize(1);
    }

    @Test
    void what_a_node_had_not_told_when_it_died_another_tells() {
        assertThat(node.changed(LATE, 0, 0, 0)).hasSize(1);
        assertThat(node.changed(LATE, 0, 0, 0)).isEmpty();
        time.forward(LEASE);

        assertThat(new Node("b").after(LATE, 0, 0, 0)).hasSize(1);
    }

    @Test
    void a_node_that_stops_hands_the_watch_over_at_once() {
        Node next = new Node("b");
        node.after(LATE, 0, 0, 0);

        node.watch.leave();
        assertThat(next.after(Duration.ZERO, 0, 0, 0)).hasSize(1);
    }

    @Test
    void a_node_that_is_new_takes_no_dead_letters_for_old_ones() {
        after(Duration.ZERO, 0, 0, 7);
        assertThat(after(Duration.ZERO, 0, 0, 8)).hasSize(1);
        time.forward(LEASE);

        Node next = new Node("b");
        assertThat(next.after(Duration.ZERO, 0, 0, 8)).isEmpty();
        time.forward(Duration.ofMinutes(14));
        assertThat(next.after(Duration.ZERO, 0, 0, 8)).isEmpty();
        time.forward(Duration.ofMinutes(1));
        assertThat(next.after(Duration.ZERO, 0, 0, 8)).hasSize(1);
    }

    @Test
    void bounds_that_mean_nothing_are_refused_with_their_property() {
        assertThatThrownBy(() -> new TidingsAlertProperties(
                        true, Duration.ofMinutes(15), 80, 10, Duration.ofMinutes(5), 0, null))
                .isInstanceOf(InvalidConfigurationPropertyValueException.class)
                .hasMessageContaining("tidings.alerts.delivery-rate-below");
        assertThatThrownBy(() -> new TidingsAlertProperties(
                        true, Duration.ofMinutes(15), 0.8, 10, Duration.ofMinutes(5), 0, "twenty"))
                .hasMessageContaining("tidings.alerts.balance-below");
    }

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    SandboxTransportAutoConfiguration.class,
                    TidingsStoresAutoConfiguration.class,
                    TidingsAutoConfiguration.class,
                    TidingsPulseAutoConfiguration.class,
                    TidingsAlertsAutoConfiguration.class))
            .withPropertyValues("tidings.provider=sandbox");

    @Configuration(proxyBeanMethods = false)
    static class OnCall {
        @Bean
        Pager pager() {
            return new Pager(new LinkedBlockingQueue<>());
        }
    }

    static class Pager {
        final BlockingQueue<TidingsAlert> told;

        Pager(BlockingQueue<TidingsAlert> told) {
            this.told = told;
        }

        // tag::alert
        @EventListener
        void worse(TidingsAlert.QueueLag alert) {
            told.add(alert);
        }
        // end::alert

        @EventListener
        void balance(TidingsAlert.Balance alert) {
            told.add(alert);
            throw new IllegalStateException("a listener breaks nothing");
        }
    }

    @Test
    void a_listener_is_told_of_what_the_readings_show() {
        runner.withUserConfiguration(OnCall.class)
                .withPropertyValues("tidings.alerts.lag-above=0s")
                .run(context -> {
                    context.getBean(Tidings.class).sms("+12025550143", "Your car is ready.");

                    assertThat(readUntilTold(context.getBean(Pager.class).told, context))
                            .isInstanceOfSatisfying(
                                    TidingsAlert.QueueLag.class,
                                    alert -> assertThat(alert.isRaised()).isTrue());
                });
    }

    @Test
    void of_two_applications_over_one_database_one_is_told_and_the_other_after_it_stopped() {
        String[] shared = {
            "spring.datasource.url=jdbc:h2:mem:alerts;DB_CLOSE_DELAY=-1",
            "spring.datasource.generate-unique-name=false",
            "tidings.worker.enabled=false",
            "tidings.alerts.lag-above=0s"
        };
        // Both have it from their start on: a node looks by itself as soon as it is ready.
        BlockingQueue<TidingsAlert> told = new LinkedBlockingQueue<>();
        ApplicationContextRunner node = runner.withConfiguration(
                        AutoConfigurations.of(DataSourceAutoConfiguration.class, TidingsJdbcAutoConfiguration.class))
                .withBean(Pager.class, told)
                .withPropertyValues(shared);
        node.run(second -> {
            Tidings tidings = second.getBean(Tidings.class);
            MessageId waiting =
                    tidings.sms("+12025550143", "Your car is ready.").id();
            node.run(first -> {
                assertThat(readUntilTold(told, first, second).isRaised()).isTrue();
                read(first, second);
                assertThat(told.poll(200, TimeUnit.MILLISECONDS)).isNull();
            });
            read(second);
            assertThat(told).isEmpty();

            tidings.cancel(waiting);
            assertThat(readUntilTold(told, second).isRaised()).isFalse();
        });
    }

    private static void read(ApplicationContext... nodes) {
        for (ApplicationContext each : nodes) {
            each.getBean(Pulse.class).read();
        }
    }

    private static TidingsAlert readUntilTold(BlockingQueue<TidingsAlert> told, ApplicationContext... nodes)
            throws InterruptedException {
        for (int i = 0; i < 100; i++) {
            read(nodes);
            TidingsAlert alert = told.poll(100, TimeUnit.MILLISECONDS);
            if (alert != null) {
                return alert;
            }
        }
        throw new AssertionError("nobody was told");
    }

    @Test
    void without_a_listener_nothing_is_read() {
        runner.run(context -> assertThat(context.getBeanFactory().containsSingleton("tidingsPulse"))
                .isFalse());
        runner.withUserConfiguration(OnCall.class)
                .run(context -> assertThat(context.getBeanFactory().containsSingleton("tidingsPulse"))
                        .isTrue());
        runner.withUserConfiguration(OnCall.class)
                .withPropertyValues("tidings.alerts.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(Alerts.class));
    }

    @Test
    void money_that_runs_out_is_told_although_a_listener_fails() {
        FakeProvider provider = new FakeProvider().balance(Money.of("19", "USD"));
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        TidingsStoresAutoConfiguration.class,
                        TidingsAutoConfiguration.class,
                        TidingsPulseAutoConfiguration.class,
                        TidingsAlertsAutoConfiguration.class))
                .withBean(FakeProvider.class, () -> provider)
                .withUserConfiguration(OnCall.class)
                .withPropertyValues(
                        "tidings.store=memory", "tidings.from=+12025550100", "tidings.alerts.balance-below=20 USD")
                .run(context -> {
                    context.getBean(Tidings.class).start();

                    Pager pager = context.getBean(Pager.class);
                    assertThat(pager.told.poll(10, TimeUnit.SECONDS))
                            .isInstanceOfSatisfying(TidingsAlert.Balance.class, alert -> {
                                assertThat(alert.isRaised()).isTrue();
                                assertThat(alert.left()).isEqualTo(Money.of("19", "USD"));
                                assertThat(alert.bound()).isEqualTo(Money.of("20", "USD"));
                            });
                });
    }
}
