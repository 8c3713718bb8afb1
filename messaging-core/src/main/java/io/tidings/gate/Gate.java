package io.tidings.gate;

import io.tidings.message.OutboundMessage;
import java.time.Instant;

/**
 * A check between {@code send()} and the wire.
 *
 * <p>Every gate is asked twice: when the message is taken in, and again in the transaction that commits the attempt. A
 * gate decides by what it is given and does no input or output of its own. A gate that throws does not let the message
 * through: at {@code send()} the message is kept and asked about again later, before the wire it is held back.
 * Implementations are safe for use by many threads.
 */
public interface Gate {

    /** The name under which decisions are recorded, for example {@code destination}. */
    String name();

    /** What it wants to know beyond what is read for every message; nothing, unless it says so. */
    default Needs needs(OutboundMessage message, Instant now) {
        return Needs.NONE;
    }

    /** Decides about one message. */
    Decision check(GateRequest request);
}
