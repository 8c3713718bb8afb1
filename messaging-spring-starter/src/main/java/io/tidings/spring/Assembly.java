package io.tidings.spring;

import io.tidings.Tidings;
import io.tidings.TidingsBuilder;
import io.tidings.account.CredentialSource;
import io.tidings.account.TidingsSecret;
import io.tidings.dispatch.DispatchSettings;
import io.tidings.message.Secret;
import io.tidings.outbox.Stores;
import io.tidings.provider.Provider;
import io.tidings.retention.RetentionPolicy;
import io.tidings.retention.RetentionPolicy.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds a system from properties; nothing of it runs yet. */
final class Assembly {
    /** What a sandbox sends from, if nothing is said: a number of its own catalogue. */
    static final String SANDBOX_SENDER = "+12025550100";

    private static final Secret NO_SECRET_OF_A_SANDBOX = new Secret("a sandbox reaches nobody, so this is no secret");

    private final TidingsProperties properties;
    private final Provider provider;
    private final Stores stores;
    private final @Nullable CredentialSource credentials;

    Assembly(TidingsProperties properties, Provider provider, Stores stores, @Nullable CredentialSource credentials) {
        this.properties = properties;
        this.provider = provider;
        this.stores = stores;
        this.credentials = credentials;
    }

    Tidings build(List<TidingsCustomizer> customizers) {
        TidingsBuilder builder = Tidings.builder(provider)
                .stores(stores)
                .secret(secret())
                .dispatch(dispatch(properties.worker()))
                .retention(retention(properties.retention()));
        places(builder);
        customizers.forEach(each -> each.customize(builder));
        return builder.build();
    }

    private void places(TidingsBuilder builder) {
        String from = properties.from();
        if (from != null) {
            builder.from(from);
        } else if (!provider.isLive()) {
            builder.from(SANDBOX_SENDER);
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

    private TidingsSecret secret() {
        if (!properties.secret().isEmpty()) {
            return TidingsSecret.of(properties.secret());
        }
        if (!provider.isLive()) {
            return TidingsSecret.of(NO_SECRET_OF_A_SANDBOX);
        }
        throw new SetupProblem(
                "no-secret",
                "The property tidings.secret is not set, so callbacks could not be authenticated after a restart.",
                "Set tidings.secret (or the variable TIDINGS_SECRET) to the output of: openssl rand -hex 32");
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
