package io.tidings.outbox;

import io.tidings.history.Attempt;
import io.tidings.history.AttemptStore;
import io.tidings.history.AttemptStore.Merged;
import io.tidings.history.DoubtStore;
import io.tidings.history.Observation;
import io.tidings.history.Observation.Source;
import io.tidings.history.Resolution;
import io.tidings.message.AttemptId;
import io.tidings.message.AttemptStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Counts how doubts end, and finds the second copies that evidence reveals later. Joins the caller's transaction. */
final class Tally {
    private final AttemptStore attempts;
    private final DoubtStore doubts;

    Tally(AttemptStore attempts, DoubtStore doubts) {
        this.attempts = attempts;
        this.doubts = doubts;
    }

    /** Notes what a policy or a person decided about an attempt in doubt, and counts it if that ends the doubt. */
    void decided(AttemptId attempt, Source decision, String why, Instant now) {
        boolean isHuman = decision == Source.OPERATOR;
        if (!isHuman || waitsForAPerson(attempt)) {
            resolution(decision).ifPresent(how -> doubts.count(how, 1));
        }
        attempts.observe(attempt, Observation.note(decision, why, now));
    }

    /** The policy left it to a person, and nobody has decided yet. */
    private boolean waitsForAPerson(AttemptId attempt) {
        List<Source> decisions = attempts.observations(attempt).stream()
                .map(Observation::source)
                .filter(source -> source == Source.POLICY_ASKED || source == Source.OPERATOR)
                .toList();
        return decisions.equals(List.of(Source.POLICY_ASKED));
    }

    /** Counts what an observation changed. */
    void merged(Merged merged, Source source, Instant now) {
        AttemptStatus before = merged.before().status();
        AttemptStatus after = merged.after().status();
        if (before == AttemptStatus.UNCERTAIN && after != AttemptStatus.UNCERTAIN) {
            resolved(merged.after().id(), source);
        }
        if (after.isProviderFact() && !before.isProviderFact()) {
            copies(merged.after(), now);
        }
    }

    /** A doubt counts once: evidence takes back a decision that had no effect; a resend that was made stays one. */
    private void resolved(AttemptId attempt, Source source) {
        doubts.stop(attempt);
        Optional<Resolution> decided = decision(attempt);
        boolean sentAgain = attempts.attempts(attempt.message()).size() > attempt.number();
        if (sentAgain && decided.isPresent()) {
            return;
        }
        decided.ifPresent(decision -> doubts.count(decision, -1));
        doubts.count(by(source), 1);
    }

    private static Resolution by(Source source) {
        return switch (source) {
            case CALLBACK -> Resolution.CALLBACK;
            case LIST, POLL -> Resolution.LIST;
            default -> Resolution.LATE_ANSWER;
        };
    }

    /** The first one counted: a replay of what the policy had given up ends no doubt. */
    private Optional<Resolution> decision(AttemptId attempt) {
        return attempts.observations(attempt).stream()
                .map(Observation::source)
                .map(Tally::resolution)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Resolution> resolution(Source decision) {
        return switch (decision) {
            case OPERATOR -> Optional.of(Resolution.HUMAN);
            case POLICY_RESENT -> Optional.of(Resolution.POLICY_RESEND);
            case POLICY_GAVE_UP -> Optional.of(Resolution.POLICY_GIVEUP);
            default -> Optional.empty();
        };
    }

    /** Whether another attempt of the message is known at the provider too, and was begun without knowing of the first. */
    private void copies(Attempt newly, Instant now) {
        List<Attempt> all = attempts.attempts(newly.id().message());
        all.stream()
                .filter(other -> !other.id().equals(newly.id()))
                .filter(other -> other.status().isProviderFact())
                .filter(other -> overlaps(newly, other))
                .findFirst()
                .ifPresent(other -> {
                    String sids = other.sid() + " and " + newly.sid();
                    attempts.observe(
                            newly.id(),
                            Observation.note(Source.DUPLICATE, "duplicate confirmed, " + sids + " both exist", now));
                    doubts.count(Resolution.DUPLICATE, 1);
                });
    }

    private boolean overlaps(Attempt one, Attempt other) {
        boolean oneFirst = one.id().number() < other.id().number();
        Attempt earlier = oneFirst ? one : other;
        Attempt later = oneFirst ? other : one;
        return attempts.observations(earlier.id()).stream()
                .filter(seen -> seen.status().isProviderFact())
                .map(Observation::at)
                .min(Instant::compareTo)
                .map(known -> !known.isBefore(later.startedAt()))
                .orElse(false);
    }
}
