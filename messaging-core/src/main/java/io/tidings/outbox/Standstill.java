package io.tidings.outbox;

import io.tidings.message.Failure;
import java.time.Duration;

/**
 * Is told when an answer or a callback says that a sender or an account should stand still, because the fault is not the
 * message's. Called after the transaction that recorded it; must be fast and must not throw.
 */
public interface Standstill {

    /** This sender's queue is full, or it sends faster than it may. */
    void pauseSender(SenderKey sender, Duration atLeast);

    /** Nothing that this account sends can work until somebody mends it; a check alone does not prove it mended sooner. */
    void pauseAccount(SenderKey sender, Duration atLeast, Failure failure);
}
