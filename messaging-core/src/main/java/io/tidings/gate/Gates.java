package io.tidings.gate;

import io.tidings.gate.FactSource.Question;
import io.tidings.message.MessageId;
import io.tidings.message.OutboundMessage;
import io.tidings.message.Person;
import io.tidings.message.PhoneNumber;
import io.tidings.message.TenantId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
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
    private final Duration holdWhenBroken;
    private final BiFunction<TenantId, PhoneNumber, Person> people;

    /**
     * Asks these gates in this order; a gate that throws holds the message back for the given time. People whose number
     * was erased are not recognised.
     */
    public Gates(List<Gate> gates, Duration holdWhenBroken) {
        this(gates, holdWhenBroken, (tenant, number) -> Person.of(number));
    }

    /** The same, recognising people by this function. */
    public Gates(List<Gate> gates, Duration holdWhenBroken, BiFunction<TenantId, PhoneNumber, Person> people) {
        this.gates = List.copyOf(gates);
        this.holdWhenBroken = holdWhenBroken;
        this.people = people;
    }

    /** What must be known before the gates can be asked about this message. */
    public Question question(MessageId id, OutboundMessage message) {
        return new Question(id, message, people.apply(message.tenant(), message.to()));
    }

    /** Every decision that was made; the last one is the verdict. Never empty. */
    public List<GateRecord> check(GateRequest request) {
        List<GateRecord> records = new ArrayList<>(gates.size() + 1);
        for (Gate gate : gates) {
            Decision decision = ask(gate, request);
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
            return new Decision.Delay(
                    request.now().plus(holdWhenBroken),
                    "the gate could not decide, so the message is held back",
                    Map.of("error", e.getClass().getSimpleName()));
        }
    }
}
