package io.tidings.outbox;

import io.tidings.audit.Action;
import io.tidings.audit.Actor;
import io.tidings.audit.AuditLog;
import io.tidings.history.Observation.Source;
import io.tidings.message.Category;
import io.tidings.retry.RetryDecision;
import io.tidings.retry.RetryPolicy;
import io.tidings.retry.UncertainPolicy;
import java.time.Instant;

/** The one place where the decision of a policy about an unknown outcome is written down. */
record Verdicts(RetryPolicy retry, Tally tally, AuditLog acts) {
    private static final Actor POLICY = Actor.system("retry-policy");

    /** Joins the caller's transaction. */
    void record(QueueRow row, RetryDecision decision, Instant now) {
        Category category = row.stored().message().category();
        boolean asks = retry.rule(category).uncertain().act() == UncertainPolicy.Act.ASK;
        boolean resends = decision instanceof RetryDecision.TryAgain;
        Source made = resends ? Source.POLICY_RESENT : asks ? Source.POLICY_ASKED : Source.POLICY_GAVE_UP;
        String why = Consequences.causeOf(decision).explanation();
        tally.decided(row.attempt(), made, category + ", " + why, now);
        Action act = resends ? Action.POLICY_RESENT : asks ? Action.POLICY_ASKED : Action.POLICY_GAVE_UP;
        acts.act(act, POLICY)
                .tenant(row.stored().message().tenant())
                .message(row.stored().id())
                .person(row.stored().message().to())
                .reason(why)
                .detail("category", category.name())
                .detail("attempt", Integer.toString(row.attempt().number()))
                .record();
    }
}
