package io.tidings.spring;

import io.tidings.Tidings;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Methods with {@link OnSms} as handlers. A customizer that names routes of its own replaces them. */
@AutoConfiguration(after = TidingsAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "tidings.enabled", matchIfMissing = true)
@ConditionalOnBean(Tidings.class)
public final class TidingsListenerAutoConfiguration {

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    TidingsCustomizer tidingsSmsMethods(ConfigurableListableBeanFactory beans) {
        return builder -> builder.routes(new SmsMethods(beans).routes());
    }
}
