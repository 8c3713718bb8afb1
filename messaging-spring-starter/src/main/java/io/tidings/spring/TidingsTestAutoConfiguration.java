package io.tidings.spring;

import io.tidings.Tidings;
import io.tidings.test.FakeProvider;
import io.tidings.test.SteppableTime;
import io.tidings.test.TestTidings;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** The test kit in the place of the application's system; imported by {@code @AutoConfigureTidings} alone. */
@AutoConfiguration(
        before = {
            SandboxTransportAutoConfiguration.class,
            TwilioTransportAutoConfiguration.class,
            TidingsJdbcAutoConfiguration.class,
            TidingsStoresAutoConfiguration.class,
            TidingsAutoConfiguration.class
        })
@EnableConfigurationProperties(TidingsProperties.class)
public final class TidingsTestAutoConfiguration {

    @Bean(destroyMethod = "close")
    TestTidings tidingsTestKit(TidingsProperties properties, ObjectProvider<TidingsCustomizer> customizers) {
        Assembly assembly =
                new Assembly(properties, null, customizers.orderedStream().toList(), List.of());
        return TestTidings.overFake(builder -> assembly.settings(builder, false));
    }

    @Bean(destroyMethod = "")
    Tidings tidings(TestTidings kit) {
        return kit.tidings();
    }

    /** The provider, so that no other is made. */
    @Bean(destroyMethod = "")
    FakeProvider tidingsFake(TestTidings kit) {
        return kit.fake();
    }

    @Bean
    SteppableTime tidingsTestTime(TestTidings kit) {
        return kit.time();
    }
}
