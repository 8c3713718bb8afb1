package io.tidings.budget;

import io.tidings.budget.BudgetLimit.Scope;
import io.tidings.message.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * Told when a budget reaches a threshold: once per threshold and period over all nodes, after the commit, lost if the
 * process ends in between. It runs on the dispatcher's thread, so it hands long work over. What it throws is logged and
 * breaks nothing.
 */
@FunctionalInterface
public interface BudgetListener {

    /** A budget has reached a threshold. */
    void reached(Alert alert);

    /** Tells nobody. */
    static BudgetListener none() {
        return alert -> {};
    }

    /**
     * What was reached.
     *
     * @param scope whose budget it is
     * @param tenant the tenant, or {@code null} for everybody's budget
     * @param campaign the campaign, or {@code null} for another budget
     * @param period the day, month, or {@code total}
     * @param percent the threshold
     * @param used spent and reserved
     * @param limit the cap
     */
    record Alert(
            Scope scope,
            @Nullable TenantId tenant,
            @Nullable String campaign,
            String period,
            int percent,
            Allowance used,
            Allowance limit) {}
}
