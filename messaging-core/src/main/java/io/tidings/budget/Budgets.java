package io.tidings.budget;

import io.tidings.gate.Gate;
import io.tidings.message.TenantId;
import io.tidings.message.UnitOfWork;
import io.tidings.price.PriceBook;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * All caps of a system and how they count. Immutable.
 *
 * <p>Defaults: no cap; days and months begin in UTC; the tag {@code campaign} names the campaign; thresholds of 50, 80
 * and 100 percent.
 *
 * @param limits the caps; a message counts in each that fits it and needs room in all
 * @param zone where days and months begin
 * @param campaignTag the message tag whose value names the campaign
 * @param thresholds in percent, ascending
 * @param listener told about thresholds
 */
public record Budgets(
        List<BudgetLimit> limits, ZoneId zone, String campaignTag, List<Integer> thresholds, BudgetListener listener) {

    /** Copies the lists and checks the thresholds. */
    public Budgets {
        limits = List.copyOf(limits);
        thresholds = List.copyOf(thresholds);
        Set<List<Object>> seen = new HashSet<>();
        for (BudgetLimit limit : limits) {
            if (!seen.add(Arrays.asList(
                    limit.scope(), limit.name(), limit.period(), limit.most().unit()))) {
                throw new IllegalArgumentException("two caps of " + limit.most().unit() + " for " + limit.scope() + " "
                        + (limit.name() == null ? "" : limit.name() + " ") + "per " + limit.period()
                        + "; keep the smaller one");
            }
        }
        int before = 0;
        for (int threshold : thresholds) {
            if (threshold <= before || threshold > 100) {
                throw new IllegalArgumentException(
                        "thresholds are percentages from 1 to 100 in ascending order, got " + thresholds);
            }
            before = threshold;
        }
    }

    /** No caps. */
    public static Budgets none() {
        return new Budgets(List.of(), ZoneOffset.UTC, "campaign", List.of(50, 80, 100), BudgetListener.none());
    }

    /** The same with one more cap. */
    public Budgets with(BudgetLimit limit) {
        List<BudgetLimit> more = new ArrayList<>(limits);
        more.add(limit);
        return new Budgets(more, zone, campaignTag, thresholds, listener);
    }

    /** The same with days and months of this zone. */
    public Budgets withZone(ZoneId other) {
        return new Budgets(limits, other, campaignTag, thresholds, listener);
    }

    /** The same with campaigns named by this tag. */
    public Budgets withCampaignTag(String tag) {
        return new Budgets(limits, zone, tag, thresholds, listener);
    }

    /** The same, telling this one when one of these percentages is reached. */
    public Budgets withAlerts(BudgetListener told, List<Integer> percentages) {
        return new Budgets(limits, zone, campaignTag, percentages, told);
    }

    /** Whether a cap is in money, so that prices must be known. */
    public boolean needPrices() {
        return limits.stream().anyMatch(limit -> limit.most().isMoney());
    }

    /** The gate that keeps them. */
    public Gate gate(BudgetStore store, PriceBook prices, UnitOfWork transactions) {
        return gate(store, prices, transactions, tenant -> List.of());
    }

    /** The same, asking each time which caps a tenant has of its own, in place of those here of the same kind. */
    public Gate gate(
            BudgetStore store, PriceBook prices, UnitOfWork transactions, Function<TenantId, List<BudgetLimit>> own) {
        return gate(store, prices, transactions, own, BudgetListener.none());
    }

    /**
     * The same, telling the recorder too: inside the transaction in which a threshold is reached, so that what it writes
     * there stays if and only if the threshold counts as told.
     */
    public Gate gate(
            BudgetStore store,
            PriceBook prices,
            UnitOfWork transactions,
            Function<TenantId, List<BudgetLimit>> own,
            BudgetListener recorder) {
        return new BudgetGate(this, store, new Charges(this, prices, own), transactions, recorder);
    }

    /** Without the listener, whose name would be another in each process. */
    @Override
    public String toString() {
        return "Budgets[limits=" + limits + ", zone=" + zone + ", campaignTag=" + campaignTag + ", thresholds="
                + thresholds + "]";
    }
}
