package io.tidings.budget;

import io.tidings.message.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * A hard cap: what one tenant, one campaign or everybody together may use up in a period.
 *
 * @param scope whose use is counted together
 * @param name the one tenant or campaign it is for, or {@code null} for each that has no limit of its own
 * @param period how long it counts before it starts at zero again
 * @param most the cap
 */
public record BudgetLimit(Scope scope, @Nullable String name, Period period, Allowance most) {

    /** Whose use is counted together. */
    public enum Scope {
        /** Everybody's. */
        EVERYONE,
        /** One tenant's. */
        TENANT,
        /** One campaign's of one tenant: the messages with one value of the campaign tag. */
        CAMPAIGN
    }

    /** How long it counts, in the zone of the budgets. */
    public enum Period {
        /** From midnight to midnight. */
        DAY,
        /** A calendar month. */
        MONTH,
        /** For ever. */
        TOTAL
    }

    /** For everybody together. */
    public static BudgetLimit everyone(Period period, Allowance most) {
        return new BudgetLimit(Scope.EVERYONE, null, period, most);
    }

    /** For each tenant that has no limit of its own with that period and unit. */
    public static BudgetLimit eachTenant(Period period, Allowance most) {
        return new BudgetLimit(Scope.TENANT, null, period, most);
    }

    /** For one tenant. */
    public static BudgetLimit tenant(TenantId tenant, Period period, Allowance most) {
        return new BudgetLimit(Scope.TENANT, tenant.value(), period, most);
    }

    /** For each campaign of each tenant that has no limit of its own with that period and unit. */
    public static BudgetLimit eachCampaign(Period period, Allowance most) {
        return new BudgetLimit(Scope.CAMPAIGN, null, period, most);
    }

    /** For the campaigns of this name, of each tenant for itself. */
    public static BudgetLimit campaign(String name, Period period, Allowance most) {
        return new BudgetLimit(Scope.CAMPAIGN, name, period, most);
    }

    /** Whether this one is for somebody named, and the other for each. */
    boolean replaces(BudgetLimit other) {
        return name != null && other.name == null && isOfTheKindOf(other);
    }

    boolean isOfTheKindOf(BudgetLimit other) {
        return scope == other.scope && period == other.period && most.unit().equals(other.most.unit());
    }
}
