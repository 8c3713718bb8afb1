package io.tidings.spring;

import io.tidings.Tidings;
import io.tidings.jdbc.JdbcStores;
import io.tidings.jdbc.SchemaState;
import io.tidings.message.NotConfiguredException;
import io.tidings.provider.Provider;
import io.tidings.sandbox.Sandbox;
import org.jspecify.annotations.Nullable;

/** The one line that a start logs: who carries, where messages are kept, whether this node sends, where callbacks come in. */
final class StartLine {
    private final Provider provider;
    private final @Nullable Sandbox sandbox;
    private final @Nullable JdbcStores database;

    StartLine(Provider provider, @Nullable Sandbox sandbox, @Nullable JdbcStores database) {
        this.provider = provider;
        this.sandbox = sandbox;
        this.database = database;
    }

    String text(Tidings tidings, boolean working) {
        return "Tidings " + version() + ": provider " + carrier() + ", store " + store() + ", worker "
                + (working ? "on" : "off (this node only takes messages in)") + ", callbacks " + callbacks(tidings);
    }

    static String version() {
        String version = Tidings.class.getPackage().getImplementationVersion();
        return version == null ? "(development)" : version;
    }

    String carrier() {
        if (sandbox != null) {
            return "sandbox at " + sandbox.url() + " (nobody is texted)";
        }
        return provider.isLive() ? "Twilio (live)" : provider.getClass().getSimpleName();
    }

    String store() {
        if (database == null) {
            return "memory (messages end with the process)";
        }
        SchemaState state = database.state();
        return state.database() + " (tables at version " + state.version() + ")";
    }

    private static String callbacks(Tidings tidings) {
        try {
            return "at " + tidings.webhooks().publicUrl();
        } catch (NotConfiguredException e) {
            return "none (statuses are asked for; set tidings.public-url)";
        }
    }
}
