package io.tidings.outbox;

import io.tidings.history.MessageRow;
import io.tidings.history.Observation;
import io.tidings.history.Observation.Source;
import io.tidings.message.AttemptId;
import io.tidings.message.AttemptStatus;
import io.tidings.outbox.Handover.Advanced;
import io.tidings.outbox.Handover.Next;
import io.tidings.outbox.Handover.Taken;
import io.tidings.outbox.Handover.Told;
import io.tidings.outbox.Settler.Answered;
import io.tidings.outbox.Settler.Report;
import io.tidings.provider.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Picks out what mostly happens, and settles it in one go. What it leaves is settled one by one. */
final class ShortWay {
    private final Stores stores;
    private final Counters counters;
    private final PollPlan polls;

    ShortWay(Stores stores, Counters counters, PollPlan polls) {
        this.stores = stores;
        this.counters = counters;
        this.polls = polls;
    }

    /** Which of these attempts are settled now. Joins the caller's transaction. */
    Set<AttemptId> answered(List<Answered> answered, Instant now) {
        Map<AttemptId, Taken> taken = new LinkedHashMap<>();
        answered.forEach(one -> taken(one, now).ifPresent(as -> taken.put(one.attempt(), as)));
        if (taken.isEmpty()) {
            return Set.of();
        }
        Set<AttemptId> settled = stores.handover().settle(List.copyOf(taken.values()));
        List<Move> left = new ArrayList<>();
        for (Answered one : answered) {
            Taken as = taken.get(one.attempt());
            if (as != null && settled.contains(one.attempt())) {
                left.add(new Move(null, left(one.row(), as)));
            }
        }
        counters.moved(left);
        return settled;
    }

    private Optional<Taken> taken(Answered one, Instant now) {
        if (one.attempt().number() > 1
                || !(one.outcome() instanceof Outcome.Accepted accepted)
                || !accepted.status().isProviderFact()
                || accepted.status().isTerminal()) {
            return Optional.empty();
        }
        Duration firstPoll = polls.waits().isEmpty() ? null : polls.waits().get(0);
        return Optional.of(
                new Taken(one.attempt(), new Seen(now).accepted(accepted), Truth.of(accepted.status()), firstPoll));
    }

    /** What the handover makes of it. */
    private static MessageRow left(QueueRow row, Taken taken) {
        return new MessageRow(
                row.stored(),
                taken.status(),
                row.tries().charge(),
                null,
                taken.seen().at());
    }

    /** Whether this report may be settled so, in this kind of store. */
    boolean isFor(Report report) {
        return stores.handover().advances() && told(report).isPresent();
    }

    /**
     * Which of these reports are settled now, in their order; no two of them are about one attempt. Joins the caller's
     * transaction.
     */
    List<Boolean> reported(List<Report> reports) {
        List<Told> told =
                reports.stream().flatMap(report -> told(report).stream()).toList();
        if (told.isEmpty() || !stores.handover().advances()) {
            return Collections.nCopies(reports.size(), false);
        }
        Advanced advanced = stores.handover().advance(told);
        counters.moved(Move.all(told, advanced));
        return reports.stream().map(report -> advanced.has(report.attempt())).toList();
    }

    private Optional<Told> told(Report report) {
        AttemptId attempt = report.attempt();
        Observation seen = report.seen();
        boolean furthers = seen.status().compareTo(AttemptStatus.ACCEPTED) >= 0
                && (!seen.status().isTerminal() || seen.status().compareTo(AttemptStatus.DELIVERED) >= 0);
        if (attempt.number() > 1
                || !furthers
                || seen.sid() == null
                || seen.errorCode() != 0
                || seen.cause() != null
                || seen.source() != Source.CALLBACK) {
            return Optional.empty();
        }
        Next next = polls.before(polls.firstPrice())
                .map(wait -> new Next(wait, polls.firstPrice()))
                .orElse(null);
        return Optional.of(new Told(attempt, seen, Truth.of(seen.status()), next));
    }
}
