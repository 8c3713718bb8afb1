package io.tidings.spring.observe;

import io.tidings.Tidings;
import io.tidings.jdbc.JdbcStores;
import io.tidings.message.TimeSource;
import io.tidings.spring.TidingsAutoConfiguration;
import io.tidings.spring.TidingsProperties;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/** Readings of the queue, made only where somebody looks at them. */
@AutoConfiguration(after = TidingsAutoConfiguration.class)
@ConditionalOnBean(Tidings.class)
public final class TidingsPulseAutoConfiguration {

    @Bean
    Heartbeat tidingsHeartbeat() {
        return new Heartbeat();
    }

    @Bean
    @Lazy
    Pulse tidingsPulse(
            Tidings tidings, ObjectProvider<JdbcStores> database, TidingsProperties properties, Heartbeat heartbeat) {
        Pulse pulse =
                new Pulse(tidings, database.getIfAvailable(), properties.watch().interval(), TimeSource.system());
        heartbeat.of(pulse);
        return pulse;
    }
}
