package io.tidings.outbox;

import io.tidings.history.Observation;
import io.tidings.message.AttemptStatus;
import io.tidings.message.PlainDuration;
import io.tidings.provider.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an outcome looks like among the observations. */
record Seen(Instant now) implements Outcome.Cases<Observation> {
    private static final int TOO_MANY_REQUESTS = 20429;

    private Observation seen(AttemptStatus status, @Nullable String sid, int code, @Nullable String cause) {
        return new Observation(status, sid, code, cause, Observation.Source.ANSWER, now, Map.of());
    }

    @Override
    public Observation accepted(Outcome.Accepted accepted) {
        return seen(accepted.status(), accepted.sid(), 0, null);
    }

    @Override
    public Observation rejected(Outcome.Rejected rejected) {
        return seen(AttemptStatus.REJECTED, null, rejected.code(), null);
    }

    @Override
    public Observation throttled(Outcome.Throttled throttled) {
        Duration asked = throttled.retryAfter();
        return seen(
                AttemptStatus.THROTTLED,
                null,
                TOO_MANY_REQUESTS,
                asked == null ? null : "retry after " + PlainDuration.of(asked));
    }

    @Override
    public Observation unsent(Outcome.Unsent unsent) {
        return seen(AttemptStatus.UNSENT, null, 0, unsent.cause());
    }

    @Override
    public Observation uncertain(Outcome.Uncertain uncertain) {
        return seen(AttemptStatus.UNCERTAIN, null, uncertain.code(), uncertain.cause());
    }
}
