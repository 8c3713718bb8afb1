package io.tidings.dispatch;

import io.tidings.history.StoredMessage;
import io.tidings.message.AttemptId;
import io.tidings.message.OutboundMessage;
import io.tidings.message.TimeSource;
import io.tidings.outbox.QueueRow;
import io.tidings.provider.CallbackAddress;
import io.tidings.provider.Outcome;
import io.tidings.provider.Provider;
import io.tidings.provider.Submission;
import io.tidings.provider.Submission.Origin;
import io.tidings.retry.RetryPolicy;
import io.tidings.retry.UncertainPolicy;
import io.tidings.template.TemplateRef;
import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands committed attempts to the provider, one request each, and collects what came of them. */
final class Wire {
    private static final Logger log = LoggerFactory.getLogger(Wire.class);

    private final Provider provider;
    private final @Nullable CallbackAddress callbacks;
    private final TimeSource time;
    private final RetryPolicy retry;
    private final LookPlan looks;
    private final Crew crew;
    private final Queue<Done> done = new ConcurrentLinkedQueue<>();
    private final AtomicInteger inFlight = new AtomicInteger();

    /** An attempt and what came of it. */
    record Done(QueueRow row, Outcome outcome) {}

    Wire(Provider provider, WorkerSetup setup, Crew crew) {
        this.provider = provider;
        this.callbacks = setup.callbacks();
        this.time = setup.time();
        this.retry = setup.settler().policy();
        this.looks = setup.looks();
        this.crew = crew;
    }

    /** Sends a committed attempt, unless the lease would end before the request must have ended. */
    void send(QueueRow row, long latestStart) {
        inFlight.incrementAndGet();
        try {
            crew.send(() -> finish(row, time.nanos() - latestStart > 0 ? TOO_LATE : post(row)));
        } catch (RejectedExecutionException e) {
            finish(row, new Outcome.Unsent("the executor is shut down"));
            crew.hint();
        }
    }

    private static final Outcome TOO_LATE = new Outcome.Unsent("the lease would end before the request");

    /** Catches everything: Kotlin throws checked exceptions undeclared, and an attempt without an end blocks a stop. */
    private Outcome post(QueueRow row) {
        try {
            return provider.send(submission(row));
        } catch (Throwable e) {
            log.warn(
                    "attempt {}: the provider's client failed with {}",
                    row.attempt(),
                    e.getClass().getName());
            return new Outcome.Uncertain("the client failed: " + e.getClass().getSimpleName(), 0);
        }
    }

    private Submission submission(QueueRow row) {
        StoredMessage stored = row.stored();
        AttemptId attempt = row.attempt();
        return new Submission(
                attempt,
                stored.sender(),
                stored.message().to(),
                stored.message().content(),
                callbacks == null ? null : callbacks.uri(stored.account(), attempt),
                validity(stored),
                stored.message().channel(),
                origin(stored));
    }

    private static Origin origin(StoredMessage stored) {
        OutboundMessage message = stored.message();
        TemplateRef template = stored.template();
        return new Origin(
                message.options().trace(),
                message.tags().get(Origin.CAMPAIGN),
                template == null ? null : template.name());
    }

    /**
     * In whole seconds: what is left of the time-to-live, because the provider must not deliver later either, and no
     * longer than the policy for unknown outcomes needs, so that a resend never overtakes a copy that still waits.
     */
    private @Nullable Duration validity(StoredMessage stored) {
        Instant expiresAt = stored.expiresAt();
        UncertainPolicy policy =
                looks.scaled(retry.rule(stored.message().category()).uncertain());
        Duration most = policy.validity();
        Duration left = expiresAt == null ? most : Duration.between(time.instant(), expiresAt);
        Duration shorter = most == null || (left != null && left.compareTo(most) < 0) ? left : most;
        return shorter == null ? null : Duration.ofSeconds(Math.max(1, shorter.toSeconds()));
    }

    private void finish(QueueRow row, Outcome outcome) {
        done.add(new Done(row, outcome));
        inFlight.decrementAndGet();
    }

    /** The next finished attempt, or null. */
    @Nullable
    Done poll() {
        return done.poll();
    }

    /** Whether nothing is in flight and everything that came back was taken. */
    boolean isIdle() {
        return inFlight.get() == 0 && done.isEmpty();
    }
}
