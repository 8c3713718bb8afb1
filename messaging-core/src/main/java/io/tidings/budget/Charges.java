package io.tidings.budget;

import io.tidings.budget.BudgetLimit.Scope;
import io.tidings.message.Money;
import io.tidings.message.OutboundMessage;
import io.tidings.message.TenantId;
import io.tidings.price.PriceBook;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which budgets a message counts in, and with how much. */
final class Charges {
    private final Budgets budgets;
    private final PriceBook prices;
    private final Function<TenantId, List<BudgetLimit>> own;

    Charges(Budgets budgets, PriceBook prices, Function<TenantId, List<BudgetLimit>> own) {
        this.own = own;
        this.budgets = budgets;
        this.prices = prices;
    }

    /**
     * A limit that a message falls under.
     *
     * @param limit which one
     * @param name of the budget; the tenant has no {@code |} in it and the campaign comes last, so no two are alike
     * @param period the day, month, or {@code total}
     * @param campaign the campaign, or {@code null} for another budget
     */
    record Share(
            BudgetLimit limit,
            String name,
            String period,
            @Nullable String campaign) {
        BudgetLine line(long amount) {
            return new BudgetLine(
                    name, limit.most().unit(), amount, limit.most().quantity());
        }
    }

    /** In the order in which everybody takes them. */
    List<Share> shares(OutboundMessage message, Instant leaves) {
        List<BudgetLimit> fitting = limits(message.tenant()).stream()
                .filter(limit -> fits(limit, message))
                .toList();
        List<Share> shares = new ArrayList<>(fitting.size());
        for (BudgetLimit limit : fitting) {
            if (fitting.stream().noneMatch(other -> other.replaces(limit))) {
                shares.add(share(limit, message, leaves));
            }
        }
        shares.sort(Comparator.comparing(Share::name));
        return shares;
    }

    private List<BudgetLimit> limits(TenantId tenant) {
        List<BudgetLimit> mine = own.apply(tenant);
        if (mine.isEmpty()) {
            return budgets.limits();
        }
        List<BudgetLimit> all = new ArrayList<>(mine);
        budgets.limits().stream()
                .filter(limit -> mine.stream().noneMatch(limit::isOfTheKindOf))
                .forEach(all::add);
        return all;
    }

    private boolean fits(BudgetLimit limit, OutboundMessage message) {
        String campaign = message.tags().get(budgets.campaignTag());
        return switch (limit.scope()) {
            case EVERYONE -> true;
            case TENANT ->
                limit.name() == null || limit.name().equals(message.tenant().value());
            case CAMPAIGN ->
                campaign != null && (limit.name() == null || limit.name().equals(campaign));
        };
    }

    private Share share(BudgetLimit limit, OutboundMessage message, Instant leaves) {
        LocalDate day = LocalDate.ofInstant(leaves, budgets.zone());
        String period = switch (limit.period()) {
            case DAY -> day.toString();
            case MONTH -> YearMonth.from(day).toString();
            case TOTAL -> "total";
        };
        String campaign = limit.scope() == Scope.CAMPAIGN ? message.tags().get(budgets.campaignTag()) : null;
        String whose = limit.scope() == Scope.EVERYONE ? "" : message.tenant().value();
        String name = limit.scope() + "|" + period + "|" + limit.most().unit() + "|" + whose
                + (campaign == null ? "" : "|" + campaign);
        return new Share(limit, name, period, campaign);
    }

    /** How much of a limit's unit the message uses; empty if its price is not known in that currency. */
    Optional<Long> amount(Allowance limit, OutboundMessage message, int segments, Instant leaves) {
        if (!limit.isMoney()) {
            return Optional.of(limit.isSegments() ? (long) segments : 1L);
        }
        Optional<Money> price =
                prices.estimate(message.channel(), message.to(), segments, LocalDate.ofInstant(leaves, ZoneOffset.UTC));
        return price.map(Allowance::of)
                .filter(cost -> cost.unit().equals(limit.unit()))
                .map(Allowance::quantity);
    }
}
