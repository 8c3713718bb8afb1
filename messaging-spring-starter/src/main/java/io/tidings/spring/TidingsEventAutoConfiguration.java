package io.tidings.spring;

import io.tidings.Tidings;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Events of Tidings as events of the application, each published inside a transaction. */
@AutoConfiguration(after = TidingsAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "tidings.enabled", matchIfMissing = true)
@ConditionalOnBean(Tidings.class)
public final class TidingsEventAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    ApplicationEvents tidingsApplicationEvents(ObjectProvider<Tidings> tidings, ApplicationContext context) {
        return new ApplicationEvents(tidings::getObject, context);
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({PlatformTransactionManager.class, TransactionTemplate.class})
    static class Transactions {

        @Bean
        @Order(Ordered.HIGHEST_PRECEDENCE)
        TidingsCustomizer tidingsTransactionsOfListeners(
                @TidingsTransactionManager ObjectProvider<PlatformTransactionManager> marked,
                ObjectProvider<PlatformTransactionManager> managers) {
            return builder -> builder.tellWithin(new SpringTransactions(() -> {
                PlatformTransactionManager chosen = marked.getIfAvailable();
                return chosen != null ? chosen : managers.getIfUnique();
            }));
        }
    }
}
