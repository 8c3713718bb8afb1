package io.tidings.spring.rest;

import io.tidings.Tidings;
import io.tidings.egress.Network;
import io.tidings.message.TimeSource;
import io.tidings.provider.Provider;
import io.tidings.spring.TidingsAutoConfiguration;
import io.tidings.spring.TidingsCustomizer;
import jakarta.servlet.Servlet;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** The HTTP API, if it is switched on; see {@link Door} for who may call it. */
@AutoConfiguration(after = TidingsAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({Servlet.class, ServletRegistrationBean.class})
@ConditionalOnBooleanProperty("tidings.rest.enabled")
@ConditionalOnBean(Tidings.class)
@EnableConfigurationProperties(TidingsRestProperties.class)
public final class TidingsRestAutoConfiguration {
    private static final String SECURITY = "springSecurityFilterChain";

    @Bean
    @ConditionalOnMissingBean
    ApiKeys tidingsApiKeys(TidingsRestProperties properties, ObjectProvider<Tidings> tidings) {
        ConfiguredKeys configured = new ConfiguredKeys(
                properties.keys().stream().map(TidingsRestProperties.Key::key).toList());
        return new StoredKeys(configured, () -> tidings.getObject().accessKeys(), TimeSource.system());
    }

    @Bean
    @ConditionalOnMissingBean
    RestAccess tidingsRestAccess() {
        return new RoleAccess();
    }

    @Bean
    CurrentCaller tidingsCurrentCaller() {
        return new CurrentCaller();
    }

    /** Settings of the host's own for the audit trail come after this, and tell who acts outside the API. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    TidingsCustomizer tidingsCallersInTheTrail(CurrentCaller caller) {
        return builder -> builder.aroundActors(caller::before);
    }

    @Bean
    @ConditionalOnMissingBean(name = "tidingsRestServlet")
    ServletRegistrationBean<RestServlet> tidingsRestServlet(
            ObjectProvider<Tidings> tidings,
            TidingsRestProperties properties,
            ApiKeys keys,
            CurrentCaller caller,
            ApplicationContext beans) {
        boolean harmless = !beans.getBean(Provider.class).isLive() && !beans.containsBean(SECURITY);
        Door.Guard guard = new Door.Guard(
                new Origins(Network.all(properties.allowedAddresses()), Network.all(properties.trustedProxies())),
                new CallerRates(properties.requestsPerMinute(), TimeSource.system()));
        Door door = new Door(keys, beans.getBean(RestAccess.class), guard, harmless, TimeSource.system());
        RestServlet servlet = new RestServlet(
                door, endpoints(tidings::getObject, keys, properties.triggers()), documentation(beans), caller);
        ServletRegistrationBean<RestServlet> registration =
                new ServletRegistrationBean<>(servlet, properties.path() + "/*");
        registration.setName("tidingsRest");
        return registration;
    }

    /** Whoever switches springdoc's pages off, as many do in production, wants ours off too. */
    private static Documentation documentation(ApplicationContext host) {
        ClassLoader resources = Objects.requireNonNull(host.getClassLoader(), "an application has a class loader");
        boolean pages = Stream.of("springdoc.api-docs.enabled", "springdoc.swagger-ui.enabled")
                .allMatch(each -> host.getEnvironment().getProperty(each, Boolean.class, true));
        return pages ? Documentation.interactive(resources) : Documentation.plain(resources);
    }

    static List<Endpoint> endpoints(
            Supplier<Tidings> tidings, ApiKeys keys, List<TidingsRestProperties.Trigger> triggers) {
        List<Endpoint> all = new ArrayList<>();
        MessageEndpoints messages = new MessageEndpoints(tidings);
        all.addAll(messages.all());
        all.addAll(new CallbackEndpoints(tidings, messages).all());
        all.addAll(new WebhookEndpoints(tidings).all());
        all.addAll(new OutgoingEndpoints(tidings).all());
        all.addAll(new BulkEndpoint(tidings).all());
        all.addAll(new TriggerEndpoints(tidings, triggers, TimeSource.system()).all());
        all.addAll(new TenantEndpoints(tidings).all());
        all.addAll(new TemplateEndpoints(tidings).all());
        all.addAll(new ConsentEndpoints(tidings).all());
        all.addAll(new OperatorEndpoints(tidings).all());
        all.addAll(new KeyEndpoints(tidings, keys).all());
        return all;
    }
}
