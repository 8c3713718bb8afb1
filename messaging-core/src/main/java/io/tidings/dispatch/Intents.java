package io.tidings.dispatch;

import io.tidings.dispatch.SendChecks.Stopped;
import io.tidings.gate.Decision;
import io.tidings.gate.FactSource.Question;
import io.tidings.gate.Facts;
import io.tidings.gate.GateRecord;
import io.tidings.gate.GateRequest;
import io.tidings.gate.Gates;
import io.tidings.gate.ReservingGate.Claim;
import io.tidings.gate.SessionWindowGate;
import io.tidings.gate.Stage;
import io.tidings.history.Attempt;
import io.tidings.history.MessageRow;
import io.tidings.history.StoredMessage;
import io.tidings.message.AttemptId;
import io.tidings.message.Content;
import io.tidings.message.ErrorKind;
import io.tidings.message.Failure;
import io.tidings.message.MessageId;
import io.tidings.outbox.QueueRow;
import io.tidings.outbox.Settled;
import io.tidings.outbox.Stores;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The transaction before the wire: gates are asked again, and the attempt is committed before its first byte leaves. */
final class Intents {
    private final Stores stores;
    private final Gates gates;
    private final InstantSource time;
    private final String node;
    private final SendChecks checks;

    /** A message that has room for its attempt, and what was taken for it. */
    private record Taken(QueueRow row, Claim claim) {}

    Intents(Stores stores, Gates gates, InstantSource time, String node, SendChecks checks) {
        this.stores = stores;
        this.gates = gates;
        this.time = time;
        this.node = node;
        this.checks = checks;
    }

    /** Commits one attempt for each message that may go; the others are put off or refused in the same transaction. */
    List<QueueRow> commit(List<QueueRow> picked) {
        return stores.transactions().run(() -> {
            Instant now = time.instant();
            Map<MessageId, Content> carried = new HashMap<>();
            Map<MessageId, List<GateRecord>> said = new LinkedHashMap<>();
            List<Taken> taken = take(allowed(picked, carried, said, now), said, now);
            stores.decisions().append(said);
            List<QueueRow> begun =
                    stores.work().begin(node, taken.stream().map(Taken::row).toList());
            if (begun.size() < taken.size()) {
                giveBack(taken, begun);
            }
            stores.attempts()
                    .begin(begun.stream()
                            .map(row -> Attempt.begun(row.attempt(), row.due(), now))
                            .toList());
            return begun.stream()
                    .map(row -> row.carrying(carried.getOrDefault(
                            row.stored().id(), row.stored().message().content())))
                    .toList();
        });
    }

    /** Puts off or refuses what the host's check stopped. */
    void stop(List<Stopped> stopped) {
        if (!stopped.isEmpty()) {
            stores.transactions()
                    .execute(() -> stopped.forEach(one -> {
                        stores.decisions().append(one.row().stored().id(), List.of(one.record()));
                        one.record().decision().match(new Verdict(one.row(), time.instant()));
                    }));
        }
    }

    /** What counts takes room for the attempts; those that get none are put off or refused. */
    private List<Taken> take(List<QueueRow> allowed, Map<MessageId, List<GateRecord>> said, Instant now) {
        List<Claim> claims = allowed.stream()
                .map(row -> new Claim(
                        row.nextAttempt(), row.stored().message(), row.stored().segments()))
                .toList();
        Map<AttemptId, List<GateRecord>> taken = gates.take(claims, now);
        List<Taken> open = new ArrayList<>(claims.size());
        for (int i = 0; i < claims.size(); i++) {
            List<GateRecord> records = taken.getOrDefault(claims.get(i).attempt(), List.of());
            if (!records.isEmpty()) {
                said.merge(claims.get(i).attempt().message(), records, Intents::joined);
            }
            if (records.isEmpty()
                    || records.get(records.size() - 1).decision().match(new Verdict(allowed.get(i), now))) {
                open.add(new Taken(allowed.get(i), claims.get(i)));
            }
        }
        return open;
    }

    private static List<GateRecord> joined(List<GateRecord> before, List<GateRecord> after) {
        return Stream.concat(before.stream(), after.stream()).toList();
    }

    private void giveBack(List<Taken> taken, List<QueueRow> begun) {
        Set<AttemptId> used = begun.stream().map(QueueRow::attempt).collect(Collectors.toSet());
        taken.stream()
                .map(Taken::claim)
                .filter(claim -> !used.contains(claim.attempt()))
                .forEach(gates::giveBack);
    }

    /** Which messages may go, in their order; notes what the gates said, and what of their content goes over the wire. */
    private List<QueueRow> allowed(
            List<QueueRow> picked,
            Map<MessageId, Content> carried,
            Map<MessageId, List<GateRecord>> said,
            Instant now) {
        List<Question> questions = picked.stream()
                .map(row -> gates.question(row.stored().id(), row.stored().message(), now))
                .toList();
        List<Facts> facts = stores.facts().read(questions);
        List<QueueRow> allowed = new ArrayList<>(picked.size());
        for (int i = 0; i < picked.size(); i++) {
            StoredMessage stored = picked.get(i).stored();
            List<GateRecord> records = gates.check(
                    new GateRequest(
                            stored.id(),
                            stored.message(),
                            stored.expiresAt(),
                            Stage.SEND,
                            now,
                            facts.get(i),
                            stored.segments()),
                    questions.get(i).broken());
            GateRecord asked = checks.record(picked.get(i));
            if (asked != null) {
                records.add(0, asked);
            }
            said.put(stored.id(), records);
            if (records.get(records.size() - 1).decision().match(new Verdict(picked.get(i), now))) {
                allowed.add(picked.get(i));
                carried.put(
                        stored.id(), SessionWindowGate.carried(stored.message().content(), records));
            }
        }
        return allowed;
    }

    /** Carries out what the gates said, and tells whether the message may go. */
    private final class Verdict implements Decision.Cases<Boolean> {
        private final QueueRow row;
        private final Instant now;

        Verdict(QueueRow row, Instant now) {
            this.row = row;
            this.now = now;
        }

        @Override
        public Boolean pass(Decision.Pass pass) {
            return true;
        }

        @Override
        public Boolean delay(Decision.Delay delay) {
            stores.work().settle(new Settled.Delay(row.stored().id(), Duration.between(now, delay.until())));
            return false;
        }

        @Override
        public Boolean refuse(Decision.Refuse refuse) {
            stores.outbox().withdraw(row.stored().id()).ifPresent(gone -> {
                Failure why = new Failure(
                        0, ErrorKind.PERMANENT, refuse.reason(), "The decisions of the gates say by which values.");
                stores.history().save(new MessageRow(gone.stored(), refuse.status(), gone.tries(), why, now));
            });
            return false;
        }
    }
}
