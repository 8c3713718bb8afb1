package io.tidings.spring.observe;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.tidings.endpoint.EndpointView;
import io.tidings.message.MessageStatus;
import io.tidings.message.NotConfiguredException;
import io.tidings.webhook.WebhookCounts;
import io.tidings.webhook.Webhooks;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** Gauges of the queue, from readings of the background, and counters of callbacks. */
final class TidingsMeters implements MeterBinder {
    private static final List<MessageStatus> WAITING =
            List.of(MessageStatus.SCHEDULED, MessageStatus.QUEUED, MessageStatus.SENDING, MessageStatus.UNCERTAIN);

    private final Pulse pulse;

    TidingsMeters(Pulse pulse) {
        this.pulse = pulse;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (MessageStatus status : WAITING) {
            Gauge.builder("tidings.queue.depth", pulse, read -> depth(read, status))
                    .description("Messages that wait, by where they are")
                    .tag("state", status.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
        TimeGauge.builder("tidings.queue.lag", pulse, TimeUnit.MILLISECONDS, TidingsMeters::lag)
                .description("How long the message has been due that waits longest")
                .register(registry);
        Gauge.builder("tidings.worker.sending", pulse, TidingsMeters::sending)
                .description("1 if messages may leave this node, 0 if it is off or stands still")
                .register(registry);
        Gauge.builder("tidings.accounts.standing", pulse, TidingsMeters::standing)
                .description("Accounts at the provider through which nothing leaves this node")
                .register(registry);
        Gauge.builder("tidings.dead.letters", pulse, read -> depth(read, MessageStatus.DEAD))
                .description("Messages that wait for an operator")
                .register(registry);
        if (pulse.hasEndpoints()) {
            pulse.tidings().endpoints().names().forEach(name -> endpoint(registry, name));
        }
        try {
            callbacks(registry, pulse.tidings().webhooks());
        } catch (NotConfiguredException e) {
            // Without a public URL there are no callbacks to count.
            return;
        }
    }

    private static double standing(Pulse pulse) {
        return pulse.tidings().accounts().stream()
                .filter(view -> view.standstill() != null)
                .count();
    }

    /** Not a number while nothing could be read: zero would look like an empty queue. */
    private static double depth(Pulse pulse, MessageStatus status) {
        return pulse.latest()
                .filter(reading -> reading.trouble() == null)
                .map(reading -> (double) reading.count(status))
                .orElse(Double.NaN);
    }

    private void endpoint(MeterRegistry registry, String name) {
        gauge("tidings.endpoint.waiting", name, view -> view.deliveries().waiting())
                .description("Events that wait for an endpoint of outgoing webhooks")
                .register(registry);
        gauge("tidings.endpoint.aside", name, view -> view.deliveries().setAside())
                .description("Events for an endpoint that were given up")
                .register(registry);
        gauge("tidings.endpoint.disabled", name, view -> view.state().disabled() == null ? 0 : 1)
                .description("1 if nothing is delivered to an endpoint")
                .register(registry);
    }

    private Gauge.Builder<Pulse> gauge(String meter, String name, ToDoubleFunction<EndpointView> value) {
        return Gauge.builder(
                        meter,
                        pulse,
                        read -> read.latest()
                                .flatMap(reading -> reading.endpoint(name))
                                .map(value::applyAsDouble)
                                .orElse(Double.NaN))
                .tag("endpoint", name);
    }

    private static double lag(Pulse pulse) {
        return pulse.latest()
                .filter(reading -> reading.trouble() == null)
                .map(reading -> (double) reading.lag().toMillis())
                .orElse(Double.NaN);
    }

    private static double sending(Pulse pulse) {
        return pulse.isSending() ? 1 : 0;
    }

    private static void callbacks(MeterRegistry registry, Webhooks webhooks) {
        count(registry, webhooks, "stored", WebhookCounts::kept);
        count(registry, webhooks, "received", WebhookCounts::received);
        count(registry, webhooks, "orphaned", WebhookCounts::orphaned);
        count(registry, webhooks, "forbidden", WebhookCounts::forbidden);
        count(registry, webhooks, "refused", WebhookCounts::refused);
        count(registry, webhooks, "unavailable", WebhookCounts::unavailable);
    }

    private static void count(
            MeterRegistry registry, Webhooks webhooks, String outcome, ToDoubleFunction<WebhookCounts> counter) {
        FunctionCounter.builder("tidings.webhook.requests", webhooks, each -> counter.applyAsDouble(each.counts()))
                .description("Requests of the provider, by how they were answered")
                .tag("outcome", outcome)
                .register(registry);
    }
}
