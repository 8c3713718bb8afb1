package io.tidings.dispatch;

import io.tidings.gate.Decision;
import io.tidings.gate.Facts;
import io.tidings.gate.GateRecord;
import io.tidings.gate.GateRequest;
import io.tidings.gate.Gates;
import io.tidings.gate.SessionWindowGate;
import io.tidings.gate.Stage;
import io.tidings.history.Attempt;
import io.tidings.history.MessageRow;
import io.tidings.history.StoredMessage;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The transaction before the wire: gates are asked again, and the attempt is committed before its first byte leaves. */
final class Intents {
    private final Stores stores;
    private final Gates gates;
    private final InstantSource time;
    private final String node;

    Intents(Stores stores, Gates gates, InstantSource time, String node) {
        this.stores = stores;
        this.gates = gates;
        this.time = time;
        this.node = node;
    }

    /** Commits one attempt for each message that may go; the others are put off or refused in the same transaction. */
    List<QueueRow> commit(List<QueueRow> picked) {
        return stores.transactions().run(() -> {
            Instant now = time.instant();
            Map<MessageId, Content> carried = allowed(picked, now);
            List<QueueRow> begun = stores.work().begin(node, List.copyOf(carried.keySet()));
            stores.attempts()
                    .begin(begun.stream()
                            .map(row -> Attempt.begun(row.attempt(), now))
                            .toList());
            return begun.stream()
                    .map(row -> row.carrying(carried.getOrDefault(
                            row.stored().id(), row.stored().message().content())))
                    .toList();
        });
    }

    /** Which messages may go, in their order, and what of their content goes over the wire. */
    private Map<MessageId, Content> allowed(List<QueueRow> picked, Instant now) {
        List<Facts> facts = stores.facts()
                .read(picked.stream()
                        .map(row ->
                                gates.question(row.stored().id(), row.stored().message()))
                        .toList());
        Map<MessageId, Content> allowed = new LinkedHashMap<>();
        for (int i = 0; i < picked.size(); i++) {
            StoredMessage stored = picked.get(i).stored();
            List<GateRecord> records = gates.check(
                    new GateRequest(stored.id(), stored.message(), stored.expiresAt(), Stage.SEND, now, facts.get(i)));
            stores.decisions().append(stored.id(), records);
            if (records.get(records.size() - 1).decision().match(new Verdict(picked.get(i), now))) {
                allowed.put(
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
                Failure why = new Failure(0, ErrorKind.PERMANENT, refuse.reason(), "See the gate's decision.");
                stores.history().save(new MessageRow(gone.stored(), refuse.status(), gone.tries(), why, now));
            });
            return false;
        }
    }
}
