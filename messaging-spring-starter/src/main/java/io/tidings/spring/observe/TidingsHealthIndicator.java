package io.tidings.spring.observe;

import io.tidings.AccountView;
import io.tidings.Tidings;
import io.tidings.jdbc.SchemaState;
import io.tidings.message.MessageStatus;
import io.tidings.provider.ProviderHealth;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Whether messages can be taken in. Goes by readings of the background, and never asks provider or database itself.
 *
 * <p>Down when the store cannot be read. What the provider says is a detail: a node whose provider is unreachable still
 * takes messages in, and restarting it would help nobody.
 */
final class TidingsHealthIndicator extends AbstractHealthIndicator {
    /** The endpoint lists all. */
    private static final int MOST_ACCOUNTS = 50;

    private final Pulse pulse;

    TidingsHealthIndicator(Pulse pulse) {
        super("the health of Tidings could not be told");
        this.pulse = pulse;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        Optional<Reading> latest = pulse.latest();
        if (latest.isEmpty()) {
            builder.unknown().withDetail("store", "not read yet");
            return;
        }
        Reading reading = latest.get();
        if (reading.trouble() != null) {
            builder.down().withDetail("store", reading.trouble());
        } else if (pulse.isStale()) {
            builder.down().withDetail("store", "does not answer");
        } else {
            builder.up();
            SchemaState schema = reading.schema();
            builder.withDetail(
                    "store", schema == null ? "memory" : schema.database() + ", tables at version " + schema.version());
            builder.withDetail("queue", queue(reading))
                    .withDetail("lag", reading.lag().toString());
        }
        Tidings tidings = pulse.tidings();
        builder.withDetail("age", pulse.age().toString()).withDetail("worker", worker(tidings));
        tidings.health().ifPresent(found -> builder.withDetail("account", account(found)));
        Map<String, Object> tenants = new LinkedHashMap<>();
        tidings.accounts().stream()
                .filter(view -> !view.tenants().isEmpty())
                .limit(MOST_ACCOUNTS)
                .forEach(view -> tenants.put(TidingsEndpoint.name(view), account(view)));
        if (!tenants.isEmpty()) {
            builder.withDetail("accounts", tenants);
        }
    }

    private static Map<String, Object> account(AccountView view) {
        ProviderHealth.Reading found = view.health();
        Map<String, Object> account = found == null ? new LinkedHashMap<>() : account(found);
        account.put("account", view.masked());
        if (view.standstill() != null) {
            account.put("standstill", view.standstill());
        }
        return account;
    }

    private static Map<String, Long> queue(Reading reading) {
        Map<String, Long> queue = new LinkedHashMap<>();
        queue.put("scheduled", reading.count(MessageStatus.SCHEDULED));
        queue.put("queued", reading.count(MessageStatus.QUEUED));
        queue.put("sending", reading.count(MessageStatus.SENDING));
        queue.put("uncertain", reading.count(MessageStatus.UNCERTAIN));
        return queue;
    }

    private static String worker(Tidings tidings) {
        if (!tidings.isWorking()) {
            return "off";
        }
        return tidings.standstill().map(why -> "stands still: " + why).orElse("running");
    }

    private static Map<String, Object> account(ProviderHealth.Reading found) {
        Map<String, Object> account = new LinkedHashMap<>();
        account.put("state", found.check().state().name());
        account.put("age", found.age().toString());
        return account;
    }
}
