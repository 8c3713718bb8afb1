package io.tidings.spring.observe;

import static java.util.Objects.requireNonNull;

import io.tidings.message.Money;
import io.tidings.message.TimeSource;
import io.tidings.outbox.Stores;
import io.tidings.spring.TidingsCustomizer;
import io.tidings.spring.TidingsProperties;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Events of the application that tell what got worse; see {@link TidingsAlert}. */
@AutoConfiguration(after = TidingsPulseAutoConfiguration.class)
@ConditionalOnBean(Pulse.class)
@ConditionalOnBooleanProperty(name = "tidings.alerts.enabled", matchIfMissing = true)
@EnableConfigurationProperties(TidingsAlertProperties.class)
public final class TidingsAlertsAutoConfiguration {
    /** A node that is quiet looks every third interval. */
    private static final int LEASE_INTERVALS = 5;

    private static final Duration SHORTEST_LEASE = Duration.ofSeconds(30);

    @Bean
    @ConditionalOnMissingBean
    Alerts tidingsAlerts(
            ObjectProvider<Pulse> pulse,
            TidingsAlertProperties bounds,
            TidingsProperties properties,
            ObjectProvider<Stores> stores,
            ApplicationContext context) {
        TimeSource time = TimeSource.system();
        Duration lease = properties.watch().interval().multipliedBy(LEASE_INTERVALS);
        Watch watch = new Watch(
                stores.getIfAvailable(() -> Stores.inMemory(time)).records().alerts(),
                UUID.randomUUID().toString(),
                lease.compareTo(SHORTEST_LEASE) < 0 ? SHORTEST_LEASE : lease);
        return new Alerts(
                pulse::getObject,
                new Degradations(bounds, time),
                new BalanceWatch(bounds.leastBalance(), time),
                watch,
                context);
    }

    @Bean
    @ConditionalOnMissingBean(name = "tidingsBalanceAlert")
    @ConditionalOnProperty("tidings.alerts.balance-below")
    @Order(Ordered.HIGHEST_PRECEDENCE)
    TidingsCustomizer tidingsBalanceAlert(TidingsAlertProperties bounds, ObjectProvider<Alerts> alerts) {
        BalanceWatch balance = new BalanceWatch(bounds.leastBalance(), TimeSource.system());
        // Sooner than the next reading, which looks at it too: after a restart nothing is seen to change.
        Consumer<Money> look = left -> alerts.getObject().look(balance.of(left).toList());
        return builder -> builder.lowBalance(requireNonNull(balance.bound()), look, look);
    }
}
