package io.tidings.budget;

/**
 * What one attempt uses of one budget.
 *
 * @param name of the budget: scope, period, unit and whose it is; at most 400 characters
 * @param unit a currency, {@code segments} or {@code messages}
 * @param amount how much, in the unit's smallest part
 * @param limit the cap, in the same
 */
public record BudgetLine(String name, String unit, long amount, long limit) {}
