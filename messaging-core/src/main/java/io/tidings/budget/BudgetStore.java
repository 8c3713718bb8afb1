package io.tidings.budget;

import io.tidings.message.AttemptId;
import io.tidings.message.Money;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is spent and reserved of each budget. Writing joins the caller's transaction; a database implementation changes a
 * budget with one guarded update, and takes the lines in the order of their names, so that nobody waits in a circle.
 *
 * <p>Implementations are safe for use by many threads.
 */
public interface BudgetStore {

    /**
     * Reserves all lines of an attempt or none: a line has room if spent, reserved and its amount together are not above
     * its limit. Returns the attempts that got nothing, each with the first line that had no room. Reserving for an
     * attempt whose reservation was released is like the first time.
     */
    Map<AttemptId, BudgetLine> reserve(List<Reservation> reservations);

    /** The attempt costs nothing: its reservation ends. Nothing happens if it has none, or its price is known. */
    void release(AttemptId attempt);

    /**
     * The price of the attempt is known: in the lines with its currency it takes the place of the estimate, or of an
     * earlier price, even above the limit, and even after a release. Nothing happens for an attempt that never reserved.
     */
    void settle(AttemptId attempt, Money price);

    /** The use of these budgets; those never used are left out. */
    Map<String, BudgetUse> use(Set<String> names);

    /** Notes that a threshold was told. Returns false if it or a greater one was before, or nothing is used. */
    boolean alert(String name, int percent);

    /**
     * What an attempt wants.
     *
     * @param attempt which one
     * @param lines of each budget that it counts in
     */
    record Reservation(AttemptId attempt, List<BudgetLine> lines) {
        /** Copies the lines. */
        public Reservation {
            lines = List.copyOf(lines);
        }
    }
}
