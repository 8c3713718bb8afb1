package io.tidings.budget;

/**
 * How much of one budget is used.
 *
 * @param spent what is known to have been charged
 * @param reserved what attempts may cost whose price is not known yet
 * @param alerted the greatest threshold in percent that was told, 0 for none
 */
public record BudgetUse(long spent, long reserved, int alerted) {
    /** Nothing. */
    public static final BudgetUse NONE = new BudgetUse(0, 0, 0);

    /** What counts against the cap. */
    public long used() {
        return spent + reserved;
    }
}
