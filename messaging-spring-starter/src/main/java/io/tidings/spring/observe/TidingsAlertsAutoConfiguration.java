package io.tidings.spring.observe;

import io.tidings.message.Money;
import io.tidings.message.TimeSource;
import io.tidings.spring.TidingsCustomizer;
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

    @Bean
    @ConditionalOnMissingBean
    Alerts tidingsAlerts(ObjectProvider<Pulse> pulse, TidingsAlertProperties bounds, ApplicationContext context) {
        return new Alerts(pulse::getObject, bounds, TimeSource.system(), context);
    }

    @Bean
    @ConditionalOnMissingBean(name = "tidingsBalanceAlert")
    @ConditionalOnProperty("tidings.alerts.balance-below")
    @Order(Ordered.HIGHEST_PRECEDENCE)
    TidingsCustomizer tidingsBalanceAlert(TidingsAlertProperties bounds, ObjectProvider<Alerts> alerts) {
        String[] amount = String.valueOf(bounds.balanceBelow()).split(" ", 2);
        Money bound = Money.of(amount[0], amount[1]);
        TimeSource time = TimeSource.system();
        return builder -> builder.lowBalance(
                bound,
                left -> alerts.getObject().publish(new TidingsAlert.Balance(true, time.instant(), left, bound)),
                left -> alerts.getObject().publish(new TidingsAlert.Balance(false, time.instant(), left, bound)));
    }
}
