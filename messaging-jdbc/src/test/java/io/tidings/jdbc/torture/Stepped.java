package io.tidings.jdbc.torture;

import io.tidings.Tidings;
import io.tidings.TidingsBuilder;
import io.tidings.dispatch.LookPlan;
import io.tidings.jdbc.JdbcStores;
import io.tidings.jdbc.SteppedStores;
import io.tidings.message.TenantId;
import io.tidings.outbox.Explanation;
import io.tidings.outbox.PollPlan;
import io.tidings.outbox.Stores;
import io.tidings.provider.Provider;
import io.tidings.retry.RetryPolicy;
import io.tidings.test.SteppableTime;
import io.tidings.webhook.LocalWebhooks;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * A node that a test steps: its own clock and the database's, as it sees it, move together, so that leases and horizons end
 * when the test wants. The sandbox runs with the machine, and answers callbacks at once.
 */
final class Stepped implements AutoCloseable {
    /** What horizons, looks and polls are multiplied with: 30 minutes become 36 seconds, stepped at that. */
    static final double FACTOR = 0.02;

    final Tidings tidings;
    private final SteppedStores stores;
    private final SteppableTime time = new SteppableTime(Instant.now());
    private final LocalWebhooks webhooks = LocalWebhooks.on(0);

    /** What stands between the node and its ports. */
    record Between(UnaryOperator<Stores> stores, UnaryOperator<Provider> provider) {}

    /** A node that starts this long after now. */
    Stepped(JdbcStores database, Host host, Duration after, Between between, boolean hears) {
        stores = SteppedStores.of(database);
        TidingsBuilder builder = host.on(
                        between.stores().apply(stores.stores()),
                        between.provider().apply(host.provider()),
                        webhooks.url())
                .retry(RetryPolicy.defaults().scaledBy(FACTOR))
                .looks(LookPlan.standard().scaledBy(FACTOR))
                .polls(PollPlan.besideCallbacks().scaledBy(FACTOR))
                .time(time)
                .executor(Runnable::run);
        tidings = builder.build();
        if (hears) {
            webhooks.answer(tidings.webhooks());
        }
        advance(after);
    }

    private void advance(Duration step) {
        time.forward(step);
        stores.advance(step);
    }

    /** Does what is due after a step. */
    void step(Duration step) {
        advance(step);
        tidings.runDue();
    }

    /** The same again and again, in this many steps. */
    void steps(int count, Duration step) {
        for (int i = 0; i < count; i++) {
            step(step);
        }
    }

    /** What became of the message with this key, if it was committed. */
    Optional<Explanation> story(String key) {
        return tidings.find(TenantId.DEFAULT, key).flatMap(message -> tidings.explain(message.id()));
    }

    /** Whether those of these messages that were committed have ended. */
    boolean hasEnded(int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(number -> tidings.find(TenantId.DEFAULT, CrashMain.token(number)))
                .flatMap(Optional::stream)
                .allMatch(message -> message.status().isTerminal());
    }

    @Override
    public void close() {
        tidings.close();
        webhooks.close();
    }
}
