package io.tidings.history;

import io.tidings.message.AttemptId;
import io.tidings.message.AttemptStatus;
import java.time.Duration;
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
 * @param dueAt when the message was due for it; from then to the start it waited for permits, a slot, or its sender
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
        Instant dueAt,
        Instant startedAt,
        Instant changedAt) {

    /** A committed intent of a message that was due just then. */
    public static Attempt begun(AttemptId id, Instant at) {
        return begun(id, at, at);
    }

    /** A committed intent of a message that was due before, or just then. */
    public static Attempt begun(AttemptId id, Instant due, Instant at) {
        Instant since = due.isBefore(at) ? due : at;
        return new Attempt(id, AttemptStatus.SENDING_TO_PROVIDER, null, 0, null, false, since, at, at);
    }

    /** How long it waited for its turn after it was due. */
    public Duration waited() {
        return Duration.between(dueAt, startedAt);
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
            return new Attempt(
                    id, seen.status(), known, seen.errorCode(), seen.cause(), clash, dueAt, startedAt, seen.at());
        }
        if (order < 0) {
            return new Attempt(id, status, known, errorCode, cause, clash, dueAt, startedAt, changedAt);
        }
        int code = Math.max(errorCode, seen.errorCode());
        Instant since = seen.at().isBefore(changedAt) ? seen.at() : changedAt;
        return new Attempt(id, status, known, code, lesser(cause, seen.cause()), clash, dueAt, startedAt, since);
    }

    /** The same, its SID being another attempt's. */
    public Attempt withoutSid() {
        return new Attempt(id, status, null, errorCode, cause, conflict, dueAt, startedAt, changedAt);
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
