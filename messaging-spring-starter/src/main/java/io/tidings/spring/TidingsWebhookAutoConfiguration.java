package io.tidings.spring;

import io.tidings.Tidings;
import io.tidings.account.CredentialSource;
import io.tidings.sandbox.Sandbox;
import io.tidings.webhook.Webhooks;
import jakarta.servlet.Filter;
import java.net.URI;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;
import org.springframework.web.context.WebApplicationContext;

/** What the provider calls: where, for every application, and the answers, for those with servlets. */
@AutoConfiguration(after = SandboxTransportAutoConfiguration.class, before = TidingsAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "tidings.enabled", matchIfMissing = true)
@EnableConfigurationProperties({TidingsProperties.class, TidingsTenantProperties.class, TidingsWebhookProperties.class})
public final class TidingsWebhookAutoConfiguration {

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    TidingsCustomizer tidingsWebhookAddress(
            TidingsProperties properties,
            TidingsTenantProperties tenants,
            TidingsWebhookProperties webhooks,
            ObjectProvider<CredentialSource> credentials,
            ObjectProvider<Sandbox> sandbox,
            ApplicationContext context) {
        boolean served = isServlet(context);
        Optional<URI> address = new WebhookAddress(properties, webhooks, context.getEnvironment()).find(served);
        CredentialSource tokens = credentials.getIfAvailable();
        return builder -> {
            if (address.isPresent() && tokens != null) {
                builder.publicUrl(address.get(), () -> tokens.current().authTokens());
                String sender = properties.from();
                String from = sender == null ? Assembly.SANDBOX_SENDER : sender;
                sandbox.ifAvailable(carrier -> {
                    String inbound = address.get() + Webhooks.INBOUND_PATH;
                    carrier.inboundWebhook(from, inbound);
                    tenants.senders().stream()
                            .filter(carrier.senders()::containsKey)
                            .forEach(number -> carrier.inboundWebhook(number, inbound));
                });
            }
        };
    }

    private static boolean isServlet(ApplicationContext context) {
        return ClassUtils.isPresent("org.springframework.web.context.WebApplicationContext", null)
                && context instanceof WebApplicationContext;
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    @ConditionalOnClass({Filter.class, FilterRegistrationBean.class, WebServerInitializedEvent.class})
    @ConditionalOnBooleanProperty(name = "tidings.webhooks.enabled", matchIfMissing = true)
    static class Servlets {
        /** Before all that reads a form or asks for a login; behind what only watches. */
        static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 100;

        @Bean
        @ConditionalOnMissingBean(name = "tidingsWebhookFilter")
        FilterRegistrationBean<WebhookFilter> tidingsWebhookFilter(
                ObjectProvider<Tidings> tidings,
                TidingsWebhookProperties webhooks,
                ObjectProvider<WebhookDecorator> decorators) {
            FilterRegistrationBean<WebhookFilter> registration = new FilterRegistrationBean<>(new WebhookFilter(
                    tidings::getObject, webhooks, decorators.orderedStream().toList()));
            registration.addUrlPatterns(webhooks.path() + "/*");
            registration.setOrder(ORDER);
            registration.setName("tidingsWebhooks");
            return registration;
        }

        @Bean
        SandboxDetour tidingsSandboxDetour(
                ObjectProvider<Sandbox> sandbox,
                TidingsProperties properties,
                TidingsWebhookProperties webhooks,
                Environment environment) {
            return new SandboxDetour(sandbox, new WebhookAddress(properties, webhooks, environment));
        }

        @Bean
        @ConditionalOnMissingBean(name = "tidingsBehindTheFilter")
        ServletRegistrationBean<BehindTheFilter> tidingsBehindTheFilter(TidingsWebhookProperties webhooks) {
            ServletRegistrationBean<BehindTheFilter> registration =
                    new ServletRegistrationBean<>(new BehindTheFilter(), webhooks.path() + "/*");
            registration.setName("tidingsBehindTheFilter");
            return registration;
        }
    }
}
