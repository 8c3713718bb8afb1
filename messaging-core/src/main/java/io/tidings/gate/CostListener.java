package io.tidings.gate;

import io.tidings.gate.ReservingGate.Claim;
import java.time.Instant;

/** A gate that wants to know when an attempt turns out to cost something else than was taken for it. */
public interface CostListener extends Gate {

    /** The real price is recorded. Joins the caller's transaction; what it throws is logged. */
    void charged(Claim claim, Instant begunAt);
}
