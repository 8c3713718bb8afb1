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

    /**
     * This attempt after one more observation. The order of observations does not matter: where two tell the same fact
     * differently, the greater code, the lesser word and the earlier date stay.
     */
    public Attempt observe(Observation seen) {
        boolean clash = conflict || contradicts(seen);
        String known = lesser(sid, seen.sid());
        int order = seen.status().compareTo(status);
        if (order > 0) {
            return new Attempt(id, seen.status(), known, seen.errorCode(), seen.cause(), clash, startedAt, seen.at());
        }
        if (order < 0) {
            return new Attempt(id, status, known, errorCode, cause, clash, startedAt, changedAt);
        }
        int code = Math.max(errorCode, seen.errorCode());
        Instant since = seen.at().isBefore(changedAt) ? seen.at() : changedAt;
        return new Attempt(id, status, known, code, lesser(cause, seen.cause()), clash, startedAt, since);
    }

    /** Whether the provider or the carrier ended it without delivery. */
    public boolean hasFailed() {
        return status.isTerminal() && !hasArrived();
    }

    /** Whether the provider has it and has not ended it without delivery: another attempt would be a second copy. */
    public boolean lives() {
        return status.isProviderFact() && !hasFailed();
    }

    private boolean hasArrived() {
        return status.compareTo(AttemptStatus.DELIVERED) >= 0;
    }

    private boolean contradicts(Observation seen) {
        boolean otherSid = sid != null && seen.sid() != null && !sid.equals(seen.sid());
        return otherSid
                || status.contradicts(seen.status())
                || refusedYetKnown(status, seen.status())
                || refusedYetKnown(seen.status(), status);
    }

    private static boolean refusedYetKnown(AttemptStatus one, AttemptStatus other) {
        return one == AttemptStatus.REJECTED && other.isProviderFact();
    }

    private static @Nullable String lesser(@Nullable String one, @Nullable String other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.compareTo(other) <= 0 ? one : other;
    }
}
