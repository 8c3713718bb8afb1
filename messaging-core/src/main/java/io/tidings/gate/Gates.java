package io.tidings.gate;

import io.tidings.gate.FactSource.Question;
import io.tidings.gate.ReservingGate.Claim;
import io.tidings.message.AttemptId;
import io.tidings.message.MessageId;
import io.tidings.message.OutboundMessage;
import io.tidings.message.Person;
import io.tidings.message.PhoneNumber;
import io.tidings.message.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All gates of a system, asked in order until one does not let the message pass.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class Gates {
    private static final Logger log = LoggerFactory.getLogger(Gates.class);

    private final List<Gate> gates;
    private final List<ReservingGate> reserving;
    private final Map<String, DecisionListener> listeners = new HashMap<>();
    private final Duration holdWhenBroken;
    private final BiFunction<TenantId, PhoneNumber, Person> people;
    private final @Nullable CheckRule check;

    /**
     * Asks these gates in this order; a gate that throws holds the message back for the given time. People whose number
     * was erased are not recognised.
     */
    public Gates(List<Gate> gates, Duration holdWhenBroken) {
        this(gates, holdWhenBroken, (tenant, number) -> Person.of(number));
    }

    /** The same, recognising people by this function. */
    public Gates(List<Gate> gates, Duration holdWhenBroken, BiFunction<TenantId, PhoneNumber, Person> people) {
        this(gates, holdWhenBroken, people, null);
    }

    private Gates(
            List<Gate> gates,
            Duration holdWhenBroken,
            BiFunction<TenantId, PhoneNumber, Person> people,
            @Nullable CheckRule check) {
        this.gates = List.copyOf(gates);
        this.reserving = gates.stream()
                .filter(ReservingGate.class::isInstance)
                .map(ReservingGate.class::cast)
                .toList();
        this.holdWhenBroken = holdWhenBroken;
        this.people = people;
        this.check = check;
        for (Gate gate : gates) {
            if (gate instanceof DecisionListener listener) {
                listeners.put(gate.name(), listener);
            }
        }
    }

    /** The same, asking the host's own check too, just before a message leaves. */
    public Gates with(CheckRule rule) {
        return new Gates(gates, holdWhenBroken, people, rule);
    }

    /** The host's own check, if there is one. */
    public Optional<CheckRule> check() {
        return Optional.ofNullable(check);
    }

    /** What must be known before the gates can be asked about this message. */
    public Question question(MessageId id, OutboundMessage message, Instant now) {
        Needs needs = Needs.NONE;
        Set<String> broken = new HashSet<>();
        for (Gate gate : gates) {
            try {
                needs = needs.and(gate.needs(message, now));
            } catch (RuntimeException e) {
                log.warn(
                        "gate {} could not say what it needs and failed with {}; message {} is held back",
                        gate.name(),
                        e.getClass().getName(),
                        id);
                broken.add(gate.name());
            }
        }
        return new Question(id, message, people.apply(message.tenant(), message.to()), needs, broken);
    }

    /** The same as the other, for gates that all said what they need. */
    public List<GateRecord> check(GateRequest request) {
        return check(request, Set.of());
    }

    /** Every decision that was made; the last one is the verdict, never a pass past a broken gate. Never empty. */
    public List<GateRecord> check(GateRequest request, Set<String> broken) {
        List<GateRecord> records = new ArrayList<>(gates.size() + 1);
        for (Gate gate : gates) {
            if (request.stage() == Stage.SEND && gate instanceof ReservingGate && !broken.contains(gate.name())) {
                continue;
            }
            Decision decision = broken.contains(gate.name()) ? held(request, Map.of()) : ask(gate, request);
            records.add(new GateRecord(gate.name(), request.stage(), decision, request.now()));
            if (!(decision instanceof Decision.Pass)) {
                return records;
            }
        }
        if (records.isEmpty()) {
            records.add(new GateRecord(
                    "none", request.stage(), new Decision.Pass("no gates are configured", Map.of()), request.now()));
        }
        return records;
    }

    private Decision ask(Gate gate, GateRequest request) {
        try {
            return gate.check(request);
        } catch (RuntimeException e) {
            log.warn(
                    "gate {} failed with {}; message {} is held back",
                    gate.name(),
                    e.getClass().getName(),
                    request.id());
            return held(request, Map.of("error", e.getClass().getSimpleName()));
        }
    }

    private Decision held(GateRequest request, Map<String, String> values) {
        return new Decision.Delay(
                request.now().plus(holdWhenBroken), "the gate could not decide, so the message is held back", values);
    }

    /**
     * Takes room for attempts whose messages passed {@link #check}, at every gate that counts. The decisions about each
     * attempt; the last one is the verdict, and where it is no pass nothing stays taken. Call it inside the transaction
     * of the attempts.
     */
    public Map<AttemptId, List<GateRecord>> take(List<Claim> claims, Instant now) {
        Map<AttemptId, List<GateRecord>> records = new HashMap<>();
        List<Claim> open = claims;
        for (int asked = 0; asked < reserving.size() && !open.isEmpty(); asked++) {
            ReservingGate gate = reserving.get(asked);
            List<Decision> decisions = gate.take(open, now);
            List<Claim> passed = new ArrayList<>(open.size());
            for (int i = 0; i < open.size(); i++) {
                Claim claim = open.get(i);
                records.computeIfAbsent(claim.attempt(), key -> new ArrayList<>(reserving.size()))
                        .add(new GateRecord(gate.name(), Stage.SEND, decisions.get(i), now));
                if (decisions.get(i) instanceof Decision.Pass) {
                    passed.add(claim);
                } else {
                    reserving.subList(0, asked).forEach(earlier -> earlier.giveBack(claim));
                }
            }
            open = passed;
        }
        return records;
    }

    /** Gives back what was taken for an attempt that has not begun after all. Call it inside the same transaction. */
    public void giveBack(Claim claim) {
        reserving.forEach(gate -> gate.giveBack(claim));
    }

    /** Tells gates that wait for it that the real price of an attempt is recorded. Call it in that transaction. */
    public void charged(Claim claim, Instant begunAt) {
        for (Gate gate : gates) {
            if (gate instanceof CostListener listener) {
                tell(listener, claim, begunAt);
            }
        }
    }

    private static void tell(CostListener listener, Claim claim, Instant begunAt) {
        try {
            listener.charged(claim, begunAt);
        } catch (RuntimeException e) {
            log.warn(
                    "gate {} failed with {} at the price of attempt {}",
                    listener.name(),
                    e.getClass().getName(),
                    claim.attempt());
        }
    }

    /** Tells gates that wait for it that their decisions at {@code send()} are committed. */
    public void committed(MessageId message, TenantId tenant, List<GateRecord> records) {
        if (listeners.isEmpty()) {
            return;
        }
        for (GateRecord record : records) {
            DecisionListener listener = listeners.get(record.gate());
            if (listener != null) {
                tell(listener, message, tenant, record.decision());
            }
        }
    }

    private static void tell(DecisionListener listener, MessageId message, TenantId tenant, Decision decision) {
        try {
            listener.committed(message, tenant, decision);
        } catch (RuntimeException e) {
            log.warn(
                    "the listener of gate {} failed with {} for message {}",
                    listener.name(),
                    e.getClass().getName(),
                    message);
        }
    }
}
