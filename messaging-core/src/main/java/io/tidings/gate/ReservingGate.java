package io.tidings.gate;

import io.tidings.message.AttemptId;
import io.tidings.message.OutboundMessage;
import java.time.Instant;
import java.util.List;

/**
 * A gate that counts what leaves, so that looking is not enough: before the wire it takes room, in the transaction that
 * commits the attempt, and two nodes never take the same room.
 *
 * <p>At {@code send()} it is asked by {@link #check} like every gate; before the wire by {@link #take} instead, after all
 * others have passed. What it throws rolls the transaction back, and nothing is sent.
 */
public interface ReservingGate extends Gate {

    /**
     * Takes room for each claim in order: {@link Decision.Pass} where it was taken, anything else where it was not.
     * Joins the caller's transaction.
     */
    List<Decision> take(List<Claim> claims, Instant now);

    /** Gives back what a claim took whose attempt has not begun after all. Joins the caller's transaction. */
    void giveBack(Claim claim);

    /**
     * An attempt that is about to begin.
     *
     * @param attempt which one
     * @param message its message
     * @param segments how many segments it is charged as
     */
    record Claim(AttemptId attempt, OutboundMessage message, int segments) {}
}
