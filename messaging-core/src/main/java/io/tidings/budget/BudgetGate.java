package io.tidings.budget;

import io.tidings.budget.BudgetLimit.Scope;
import io.tidings.budget.BudgetListener.Alert;
import io.tidings.budget.BudgetStore.Reservation;
import io.tidings.budget.Charges.Share;
import io.tidings.gate.CostListener;
import io.tidings.gate.Decision;
import io.tidings.gate.GateRequest;
import io.tidings.gate.Needs;
import io.tidings.gate.ReservingGate;
import io.tidings.message.AttemptId;
import io.tidings.message.OutboundMessage;
import io.tidings.message.TenantId;
import io.tidings.message.UnitOfWork;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Refuses at {@code send()} what has no room in a budget, and reserves the room in the transaction of the attempt. */
final class BudgetGate implements ReservingGate, CostListener {
    private static final Logger log = LoggerFactory.getLogger(BudgetGate.class);
    private static final Decision UNCAPPED = new Decision.Pass("no budget holds for it", Map.of());

    private final Budgets budgets;
    private final Charges charges;
    private final BudgetStore store;
    private final UnitOfWork transactions;
    private final BudgetListener recorder;

    /** The recorder is told inside the transaction, and what it throws undoes it. */
    BudgetGate(Budgets budgets, BudgetStore store, Charges charges, UnitOfWork transactions, BudgetListener recorder) {
        this.budgets = budgets;
        this.store = store;
        this.charges = charges;
        this.transactions = transactions;
        this.recorder = recorder;
    }

    @Override
    public String name() {
        return "budget";
    }

    private static Instant leaves(OutboundMessage message, Instant now) {
        Instant planned = message.timing().notBefore();
        return planned != null && planned.isAfter(now) ? planned : now;
    }

    @Override
    public Needs needs(OutboundMessage message, Instant now) {
        List<Share> shares = charges.shares(message, leaves(message, now));
        return shares.isEmpty()
                ? Needs.NONE
                : new Needs(Set.of(), shares.stream().map(Share::name).collect(Collectors.toSet()), Set.of());
    }

    @Override
    public Decision check(GateRequest request) {
        OutboundMessage message = request.message();
        Instant leaves = leaves(message, request.now());
        List<Share> shares = charges.shares(message, leaves);
        Decision decision = UNCAPPED;
        for (Share share : shares) {
            Allowance most = share.limit().most();
            Long amount =
                    charges.amount(most, message, request.segments(), leaves).orElse(null);
            if (amount == null) {
                return unpriced(share);
            }
            long used = request.facts().known().used().getOrDefault(share.name(), 0L);
            if (used + amount > most.quantity()) {
                return exhausted(share, used, amount);
            }
            decision = new Decision.Pass("its budgets have room", values(share, amount, used));
        }
        return decision;
    }

    private static Decision unpriced(Share share) {
        return new Decision.Refuse(
                "its price is not known, so a budget in money cannot be kept; add the destination to the price book",
                Map.of("budget", label(share), "unit", share.limit().most().unit()));
    }

    private static Decision exhausted(Share share, long used, long amount) {
        return new Decision.Refuse("its budget is used up", values(share, amount, used));
    }

    private static Map<String, String> values(Share share, long amount, long used) {
        Allowance most = share.limit().most();
        return Map.of(
                "budget",
                label(share),
                "limit",
                most.toString(),
                "used",
                most.with(used).toString(),
                "amount",
                most.with(amount).toString());
    }

    private static String label(Share share) {
        return share.limit().scope() + " " + share.period();
    }

    /** A claim with what it wants, or why it cannot have it. */
    private record Order(
            Claim claim,
            List<Share> shares,
            List<BudgetLine> lines,
            @Nullable Decision refused) {
        AttemptId attempt() {
            return claim.attempt();
        }

        Share share(String name) {
            return shares.stream()
                    .filter(share -> share.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("the store answered about a line that was not asked"));
        }
    }

    @Override
    public List<Decision> take(List<Claim> claims, Instant now) {
        List<Order> orders = claims.stream().map(claim -> order(claim, now)).toList();
        List<Order> open = orders.stream()
                .filter(order -> order.refused() == null && !order.lines().isEmpty())
                .toList();
        if (open.isEmpty()) {
            return orders.stream().map(order -> decision(order, null, Map.of())).toList();
        }
        Map<AttemptId, BudgetLine> without = store.reserve(open.stream()
                .map(order -> new Reservation(order.attempt(), order.lines()))
                .toList());
        Map<String, BudgetUse> uses = store.use(open.stream()
                .flatMap(order -> order.lines().stream())
                .map(BudgetLine::name)
                .collect(Collectors.toSet()));
        alert(open, uses);
        return orders.stream()
                .map(order -> decision(order, without.get(order.attempt()), uses))
                .toList();
    }

    private Order order(Claim claim, Instant now) {
        List<Share> shares = charges.shares(claim.message(), now);
        List<BudgetLine> lines = new ArrayList<>(shares.size());
        for (Share share : shares) {
            Long amount = charges.amount(share.limit().most(), claim.message(), claim.segments(), now)
                    .orElse(null);
            if (amount == null) {
                return new Order(claim, shares, List.of(), unpriced(share));
            }
            lines.add(share.line(amount));
        }
        return new Order(claim, shares, lines, null);
    }

    private static Decision decision(Order order, @Nullable BudgetLine full, Map<String, BudgetUse> uses) {
        if (order.refused() != null) {
            return order.refused();
        }
        if (full != null) {
            long used = uses.getOrDefault(full.name(), BudgetUse.NONE).used();
            return exhausted(order.share(full.name()), used, full.amount());
        }
        return order.shares().isEmpty()
                ? UNCAPPED
                : new Decision.Pass(
                        "room in its budgets is reserved",
                        Map.of(
                                "budgets",
                                order.shares().stream().map(BudgetGate::label).collect(Collectors.joining(", "))));
    }

    @Override
    public void giveBack(Claim claim) {
        store.release(claim.attempt());
    }

    /** A price above its estimate may carry a budget past a threshold without another attempt. */
    @Override
    public void charged(Claim claim, Instant begunAt) {
        Order order = order(claim, begunAt);
        if (!order.lines().isEmpty()) {
            alert(
                    List.of(order),
                    store.use(order.lines().stream().map(BudgetLine::name).collect(Collectors.toSet())));
        }
    }

    private void alert(List<Order> orders, Map<String, BudgetUse> uses) {
        Map<String, Runnable> once = new LinkedHashMap<>();
        for (Order order : orders) {
            for (BudgetLine line : order.lines()) {
                BudgetUse use = uses.getOrDefault(line.name(), BudgetUse.NONE);
                once.merge(line.name() + percent(line, use), () -> alert(order, line, use), (known, same) -> known);
            }
        }
        once.values().forEach(Runnable::run);
    }

    /** A budget counts as used up when it has no room for another message like this one. */
    private static int percent(BudgetLine line, BudgetUse use) {
        return use.used() + line.amount() > line.limit() ? 100 : (int) (use.used() * 100.0 / line.limit());
    }

    private void alert(Order order, BudgetLine line, BudgetUse use) {
        for (int threshold : budgets.thresholds()) {
            if (threshold <= percent(line, use) && threshold > use.alerted() && store.alert(line.name(), threshold)) {
                Share share = order.share(line.name());
                Allowance most = share.limit().most();
                TenantId tenant = share.limit().scope() == Scope.EVERYONE
                        ? null
                        : order.claim().message().tenant();
                Alert alert = new Alert(
                        share.limit().scope(),
                        tenant,
                        share.campaign(),
                        share.period(),
                        threshold,
                        most.with(use.used()),
                        most);
                recorder.reached(alert);
                transactions.afterCommit(() -> tell(alert));
            }
        }
    }

    private void tell(Alert alert) {
        try {
            budgets.listener().reached(alert);
        } catch (RuntimeException e) {
            log.warn(
                    "the budget listener failed with {} at {} percent",
                    e.getClass().getName(),
                    alert.percent());
        }
    }
}
