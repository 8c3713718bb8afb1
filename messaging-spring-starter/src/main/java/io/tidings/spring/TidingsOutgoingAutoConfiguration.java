package io.tidings.spring;

import io.tidings.egress.AddressRule;
import io.tidings.egress.GuardedCourier;
import io.tidings.endpoint.Courier;
import io.tidings.endpoint.DeliverySettings;
import io.tidings.endpoint.WebhookEndpoint;
import java.util.Map;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Outgoing webhooks by the properties; nobody is called unless an endpoint is named. */
@AutoConfiguration(before = TidingsAutoConfiguration.class, after = SslAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "tidings.enabled", matchIfMissing = true)
@EnableConfigurationProperties(TidingsOutgoingProperties.class)
public final class TidingsOutgoingAutoConfiguration {

    @Bean(destroyMethod = "")
    @ConditionalOnMissingBean
    Courier tidingsCourier(TidingsOutgoingProperties properties, ObjectProvider<SslBundles> bundles) {
        GuardedCourier courier = GuardedCourier.within(rule(properties));
        String name = properties.sslBundle();
        return name == null ? courier : trusting(courier, bundles.getObject().getBundle(name));
    }

    private static AddressRule rule(TidingsOutgoingProperties properties) {
        AddressRule rule = AddressRule.publicAddresses();
        if (properties.allowHttp()) {
            rule = rule.allowingHttp();
        }
        for (String network : properties.allowedNetworks()) {
            rule = rule.allowing(network);
        }
        return properties.onlyHosts().isEmpty() ? rule : rule.onlyHosts(properties.onlyHosts());
    }

    private static GuardedCourier trusting(GuardedCourier courier, SslBundle bundle) {
        for (TrustManager each : bundle.getManagers().getTrustManagers()) {
            if (each instanceof X509TrustManager authorities) {
                return courier.trusting(bundle.createSslContext().getSocketFactory(), authorities);
            }
        }
        throw new IllegalStateException("the SSL bundle of tidings.outgoing.ssl-bundle trusts nobody");
    }

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    TidingsCustomizer tidingsOutgoing(TidingsOutgoingProperties properties, Courier courier) {
        WebhookEndpoint[] all = properties.endpoints().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(each -> each.getValue().named(each.getKey()))
                .toArray(WebhookEndpoint[]::new);
        return builder -> builder.endpoints(courier, all)
                .deliveries(DeliverySettings.defaults().withDisableAfter(properties.disableAfter()));
    }
}
