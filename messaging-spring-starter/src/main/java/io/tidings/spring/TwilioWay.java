package io.tidings.spring;

import io.tidings.account.CredentialSource;
import io.tidings.provider.Account;
import io.tidings.provider.Provider;
import io.tidings.twilio.Twilio;
import java.net.URI;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/** How requests get to Twilio: address, proxy, authorities and deadlines, by the properties. */
final class TwilioWay {
    private final TidingsProperties properties;
    private final @Nullable URI address;
    private final Supplier<SslBundles> bundles;
    private final List<ProviderDecorator> decorators;

    /** The address is null for Twilio's own. The decorators are put around the providers of tenants' accounts. */
    TwilioWay(
            TidingsProperties properties,
            @Nullable URI address,
            Supplier<SslBundles> bundles,
            List<ProviderDecorator> decorators) {
        this.properties = properties;
        this.address = address;
        this.bundles = bundles;
        this.decorators = List.copyOf(decorators);
    }

    /** A tenant's account of these credentials. */
    Account account(CredentialSource credentials) {
        return decorated(with(credentials).account(), decorators);
    }

    /** The same, by settings of its own. */
    Account account(CredentialSource credentials, TidingsProperties.Twilio own) {
        URI base = first(own.baseUrl(), address);
        return decorated(with(credentials, own, base).account(), decorators);
    }

    static Account decorated(Account account, List<ProviderDecorator> decorators) {
        Provider carrier = account.provider();
        for (ProviderDecorator each : decorators) {
            carrier = each.decorate(carrier);
        }
        return Account.of(account.id(), carrier, account.webhookTokens());
    }

    /** With these credentials, as the house goes. */
    Twilio.Builder with(CredentialSource credentials) {
        return with(credentials, properties.twilio(), address);
    }

    /** With these credentials, as the house goes where these settings of an account do not say otherwise. */
    private Twilio.Builder with(CredentialSource credentials, TidingsProperties.Twilio own, @Nullable URI base) {
        TidingsProperties.Twilio house = properties.twilio();
        Twilio.Builder builder = Twilio.provider(credentials)
                .maxInFlight(properties.worker().inFlight())
                .connectTimeout(own.connectTimeout())
                .deadline(properties.worker().callDeadline());
        String region = first(own.region(), house.region());
        if (region != null) {
            builder.region(region);
        }
        String edge = first(own.edge(), house.edge());
        if (edge != null) {
            builder.edge(edge);
        }
        if (base != null) {
            builder.baseUrl(base);
        }
        TidingsProperties.Proxy proxy = own.proxy().host() == null ? house.proxy() : own.proxy();
        String host = proxy.host();
        if (host != null) {
            builder.proxy(host, proxy.port());
        }
        String bundle = first(own.sslBundle(), house.sslBundle());
        if (bundle != null) {
            trust(builder, bundles.get().getBundle(bundle));
        }
        return builder;
    }

    private static <T> @Nullable T first(@Nullable T own, @Nullable T houses) {
        return own != null ? own : houses;
    }

    private static void trust(Twilio.Builder builder, SslBundle bundle) {
        for (TrustManager each : bundle.getManagers().getTrustManagers()) {
            if (each instanceof X509TrustManager authorities) {
                builder.trust(bundle.createSslContext().getSocketFactory(), authorities);
                return;
            }
        }
        throw new IllegalStateException("the SSL bundle of tidings.twilio.ssl-bundle trusts nobody");
    }
}
