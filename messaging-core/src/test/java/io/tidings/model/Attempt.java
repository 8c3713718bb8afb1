package io.tidings.model;

/**
 * One attempt: what became of its request, and what the books know of it.
 *
 * @param wire where the request is
 * @param waiting the node that waits for the answer, or {@link State#NOBODY}
 * @param known what the books know; the declaration order is the order of merging
 * @param owner the attempt that owns the provider's id of this request's message, or {@link State#NOBODY_YET}
 * @param decided what the policy decided while nothing was known
 */
record Attempt(Wire wire, int waiting, Known known, int owner, Decided decided) {

    /** Where a request is. What the provider did of it never changes again. */
    enum Wire {
        /** The intent is committed; the request waits here, is on its way, or was lost on it. */
        AWAY,
        /** The provider created the message. */
        TAKEN,
        /** The provider answered 429. */
        THROTTLED,
        /** The provider refused it for good. */
        REFUSED,
        /** It provably never left, or was refused and nobody knows. */
        GONE
    }

    /** What the books know of an attempt, the greater the better. */
    enum Known {
        SENDING,
        UNSENT,
        THROTTLED,
        UNCERTAIN,
        REJECTED,
        TAKEN
    }

    /** What the policy decided at the horizon. */
    enum Decided {
        NOTHING,
        RESENT,
        GAVE_UP
    }

    static Attempt begunBy(int node) {
        return new Attempt(Wire.AWAY, node, Known.SENDING, State.NOBODY_YET, Decided.NOTHING);
    }

    boolean isTaken() {
        return wire == Wire.TAKEN;
    }

    boolean isWaitedFor() {
        return waiting != State.NOBODY;
    }

    boolean isInDoubt() {
        return known == Known.UNCERTAIN;
    }

    Attempt with(Wire now) {
        return new Attempt(now, waiting, known, owner, decided);
    }

    Attempt unwaited() {
        return new Attempt(wire, State.NOBODY, known, owner, decided);
    }

    Attempt seen(Known more) {
        Known greater = known.compareTo(more) >= 0 ? known : more;
        return new Attempt(wire, waiting, greater, owner, decided);
    }

    Attempt ownedBy(int attempt) {
        return new Attempt(wire, waiting, known, attempt, decided);
    }

    Attempt with(Decided now) {
        return new Attempt(wire, waiting, known, owner, now);
    }
}
