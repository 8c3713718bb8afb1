package io.tidings.history;

import io.tidings.message.AttemptId;
import io.tidings.message.AttemptStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One attempt and the sum of what is known of it.
 *
 * @param id which attempt
 * @param status the greatest fact known
 * @param sid the provider's id, or {@code null} while unknown
 * @param errorCode the provider's error code of that fact, 0 if none
 * @param cause a short word about an outcome without an answer, or {@code null}
 * @param conflict whether two facts contradicted each other
 * @param startedAt when the intent was committed
 * @param changedAt when the status last changed
 */
public record Attempt(
        AttemptId id,
        AttemptStatus status,
        @Nullable String sid,
        int errorCode,
        @Nullable String cause,
        boolean conflict,
        Instant startedAt,
        Instant changedAt) {

    /** A committed intent. */
    public static Attempt begun(AttemptId id, Instant at) {
        return new Attempt(id, AttemptStatus.SENDING_TO_PROVIDER, null, 0, null, false, at, at);
    }

    /** This attempt after one more observation. The order of observations does not matter. */
    public Attempt observe(Observation seen) {
        boolean clash = conflict || status.contradicts(seen.status()) || (sid != null && otherSid(seen));
        String known = sid == null ? seen.sid() : sid;
        if (seen.status().compareTo(status) > 0) {
            return new Attempt(id, seen.status(), known, seen.errorCode(), seen.cause(), clash, startedAt, seen.at());
        }
        return new Attempt(id, status, known, errorCode, cause, clash, startedAt, changedAt);
    }

    private boolean otherSid(Observation seen) {
        return seen.sid() != null && !seen.sid().equals(sid);
    }
}
