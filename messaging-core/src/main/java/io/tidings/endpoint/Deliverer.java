package io.tidings.endpoint;

import io.tidings.audit.Action;
import io.tidings.audit.Actor;
import io.tidings.audit.AuditLog;
import io.tidings.endpoint.Courier.Answer;
import io.tidings.endpoint.Courier.Answered;
import io.tidings.endpoint.Courier.Silent;
import io.tidings.event.EventRow;
import io.tidings.event.MessagingEvent;
import io.tidings.message.TimeSource;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Delivers one event to one endpoint, and settles what came of it. Safe for use by many threads. */
final class Deliverer {
    private static final Logger log = LoggerFactory.getLogger(Deliverer.class);
    private static final int GONE = 410;

    private final EndpointSetup setup;
    private final Function<EventRow, Optional<MessagingEvent>> reader;
    private final AuditLog acts;
    private final TimeSource time;
    private final RandomGenerator random;

    Deliverer(
            EndpointSetup setup,
            Function<EventRow, Optional<MessagingEvent>> reader,
            AuditLog acts,
            TimeSource time,
            RandomGenerator random) {
        this.setup = setup;
        this.reader = reader;
        this.acts = acts;
        this.time = time;
        this.random = random;
    }

    void deliver(WebhookEndpoint endpoint, Delivery delivery, Rest rest) {
        Optional<MessagingEvent> event = acts.transactions().run(() -> reader.apply(delivery.event()));
        if (event.isEmpty()) {
            log.debug("delivery {} is about something that is gone, nobody is told", delivery.place());
            setup.deliveries().finish(delivery);
            return;
        }
        Answer answer = post(endpoint, delivery.event(), event.get());
        if (answer instanceof Answered answered && answered.code() / 100 == 2) {
            rest.succeeded();
            acts.transactions().execute(() -> {
                setup.deliveries().finish(delivery);
                setup.endpoints().succeeded(endpoint.name());
            });
        } else {
            Duration wish = answer instanceof Answered answered ? answered.retryAfter() : Duration.ZERO;
            rest.failed(time.nanos(), wish);
            acts.transactions().execute(() -> failed(delivery, answer, wish));
        }
    }

    private Answer post(WebhookEndpoint endpoint, EventRow row, MessagingEvent event) {
        byte[] body = Notice.body(row.what().kind(), event, endpoint.full());
        String id = Notice.id(row);
        long second = time.instant().getEpochSecond();
        return setup.courier()
                .post(
                        endpoint.url(),
                        Map.of(
                                "webhook-id", id,
                                "webhook-timestamp", Long.toString(second),
                                "webhook-signature", Signature.of(endpoint.secrets(), id, second, body)),
                        body);
    }

    private void failed(Delivery delivery, Answer answer, Duration wish) {
        String name = delivery.endpoint();
        String why = answer instanceof Answered answered ? "HTTP " + answered.code() : ((Silent) answer).why();
        Duration failing = setup.endpoints().failed(name);
        if (answer instanceof Answered answered && answered.code() == GONE) {
            disable(name, "it answered that it is gone (HTTP 410)");
        } else if (failing.compareTo(setup.settings().disableAfter()) >= 0) {
            disable(name, "every delivery failed for " + failing.toHours() + " hours, the last with " + why);
        }
        if (setup.settings().isLast(delivery.tries())) {
            log.warn(
                    "event {} for endpoint {} is set aside after {} tries: {}",
                    delivery.event().number(),
                    name,
                    delivery.tries(),
                    why);
            setup.deliveries().setAside(delivery);
        } else {
            log.debug("event {} for endpoint {}: {}", delivery.event().number(), name, why);
            setup.deliveries().postpone(delivery, setup.settings().pauseAfter(delivery.tries(), wish, random));
        }
    }

    private void disable(String name, String why) {
        if (setup.endpoints().disable(name, why)) {
            log.warn("endpoint {} is disabled: {}; what is for it waits until it is enabled again", name, why);
            acts.act(Action.ENDPOINT_DISABLED, Actor.system("endpoints"))
                    .reason(why)
                    .detail("endpoint", name)
                    .record();
        }
    }
}
