package io.tidings.spring;

import io.tidings.Tidings;
import io.tidings.TidingsBuilder;
import io.tidings.account.CredentialSource;
import io.tidings.account.TidingsSecret;
import io.tidings.dispatch.DispatchSettings;
import io.tidings.message.Secret;
import io.tidings.outbox.Stores;
import io.tidings.provider.Accounts;
import io.tidings.provider.Provider;
import io.tidings.retention.RetentionPolicy;
import io.tidings.retention.RetentionPolicy.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.env.Environment;

/** Puts a system together from properties and customizers. */
final class Assembly {
    /** What a sandbox sends from, if nothing is said: a number of its own catalogue. */
    static final String SANDBOX_SENDER = "+12025550100";

    private static final Secret NO_SECRET_OF_A_SANDBOX = new Secret("a sandbox reaches nobody, so this is no secret");

    private final TidingsProperties properties;
    private final @Nullable CredentialSource credentials;
    private final List<TidingsCustomizer> customizers;
    private final List<ProviderDecorator> decorators;

    Assembly(
            TidingsProperties properties,
            @Nullable CredentialSource credentials,
            List<TidingsCustomizer> customizers,
            List<ProviderDecorator> decorators) {
        this.properties = properties;
        this.credentials = credentials;
        this.customizers = List.copyOf(customizers);
        this.decorators = List.copyOf(decorators);
    }

    /** Throws the first of what is missing or cannot be used; the analysis of the failure names the others. */
    void check(Provider provider, Environment environment, ListableBeanFactory beans) {
        List<SetupProblem> missing = new Prerequisites(properties, environment, beans).missing(provider.isLive());
        if (!missing.isEmpty()) {
            throw missing.get(0);
        }
    }

    /** A system over these; nothing of it runs yet. */
    Tidings tidings(Provider provider, Accounts accounts, Stores stores, SendingThreads threads) {
        Provider carrier = provider;
        for (ProviderDecorator each : decorators) {
            carrier = each.decorate(carrier);
        }
        TidingsBuilder builder = Tidings.builder(carrier).accounts(accounts).stores(stores);
        threads.executor().ifPresent(builder::executor);
        if (!provider.isLive()) {
            builder.from(SANDBOX_SENDER);
        }
        return settings(builder, provider.isLive()).build();
    }

    /** Applies the properties, then the customizers; what is not set stays as it is. */
    TidingsBuilder settings(TidingsBuilder builder, boolean live) {
        builder.secret(secret(live))
                .dispatch(dispatch(properties.worker()))
                .retention(retention(properties.retention()));
        if (properties.tenantSettings()) {
            builder.tenantSettings();
        }
        places(builder);
        customizers.forEach(each -> each.customize(builder));
        return builder;
    }

    private void places(TidingsBuilder builder) {
        String from = properties.from();
        if (from != null) {
            builder.from(from);
        }
        String home = properties.homeCountry();
        if (home != null) {
            builder.homeCountry(home);
        }
        if (!properties.destinations().isEmpty()) {
            builder.destinations(properties.destinations().toArray(String[]::new));
        }
        CredentialSource tokens = credentials;
        if (properties.publicUrl() != null && tokens != null) {
            builder.publicUrl(properties.publicUrl(), () -> tokens.current().authTokens());
        }
        if (properties.environment() != null) {
            builder.environment(properties.environment());
        }
        if (properties.redirectTo() != null) {
            builder.redirectTo(properties.redirectTo());
        }
    }

    /** It was {@linkplain #check checked} before. */
    private TidingsSecret secret(boolean live) {
        if (live || !properties.secret().isEmpty()) {
            return TidingsSecret.of(properties.secret());
        }
        return TidingsSecret.of(NO_SECRET_OF_A_SANDBOX);
    }

    private static DispatchSettings dispatch(TidingsProperties.Worker worker) {
        return DispatchSettings.defaults()
                .withInFlight(worker.inFlight())
                .withLease(worker.lease(), worker.callDeadline())
                .withPollInterval(worker.pollInterval())
                .withGrace(worker.shutdownGrace());
    }

    private static RetentionPolicy retention(TidingsProperties.Retention ages) {
        return RetentionPolicy.defaults()
                .keeping(Kind.MESSAGES, ages.messages())
                .keeping(Kind.CALLBACKS, ages.callbacks())
                .keeping(Kind.INBOUND, ages.inbound());
    }
}
