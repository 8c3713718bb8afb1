package io.tidings.jdbc;

import io.tidings.budget.Allowance;
import io.tidings.budget.BudgetLine;
import io.tidings.budget.BudgetStore;
import io.tidings.budget.BudgetUse;
import io.tidings.message.AttemptId;
import io.tidings.message.Money;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Budgets: a row each, locked while an attempt takes or gives; and what each attempt has of them. Whoever changes an
 * attempt's parts holds the rows of their budgets.
 */
final class JdbcBudgetStore implements BudgetStore {
    private static final String START = """
            INSERT INTO tidings_budget (name, spent, reserved, alerted) VALUES (?, 0, 0, 0)""";
    private static final String MOVE = """
            UPDATE tidings_budget SET spent = spent + ?, reserved = reserved + ? WHERE name = ?""";
    private static final String ALERT = """
            UPDATE tidings_budget SET alerted = ? WHERE name = ? AND alerted < ? AND spent + reserved > 0""";
    private static final String PARTS = """
            SELECT name, unit, reserved, spent, priced FROM tidings_budget_part
            WHERE message = ? AND attempt = ? ORDER BY name""";
    private static final String DROP = "DELETE FROM tidings_budget_part WHERE message = ? AND attempt = ?";
    private static final String KEEP = """
            INSERT INTO tidings_budget_part (message, attempt, name, unit, reserved, spent, priced)
            VALUES (?, ?, ?, ?, ?, ?, ?)""";

    private final Database database;
    private final NamedRows<BudgetUse> budgets;

    /** What an attempt has of one budget: reserved, or its price, or neither after a release. */
    private record Part(String name, String unit, long reserved, long spent, boolean priced) {
        static Part of(BudgetLine line) {
            return new Part(line.name(), line.unit(), line.amount(), 0, false);
        }

        Part released() {
            return priced ? this : new Part(name, unit, 0, 0, false);
        }

        Part paid(String currency, long quantity) {
            return unit.equals(currency) ? new Part(name, unit, 0, quantity, true) : this;
        }
    }

    private record Owned(AttemptId attempt, Part part) {}

    JdbcBudgetStore(Database database) {
        this.database = database;
        this.budgets = new NamedRows<>(
                database,
                "tidings_budget",
                START,
                "spent, reserved, alerted",
                row -> new BudgetUse(row.number(), row.number(), row.integer()));
    }

    @Override
    public Map<AttemptId, BudgetLine> reserve(List<Reservation> reservations) {
        Set<String> names = new TreeSet<>();
        reservations.forEach(wanted -> wanted.lines().forEach(line -> names.add(line.name())));
        if (names.isEmpty()) {
            return Map.of();
        }
        return database.transactions().run(() -> {
            database.transactions().protectHost();
            Map<String, BudgetUse> uses = budgets.lock(names);
            Map<AttemptId, BudgetLine> without = new LinkedHashMap<>();
            Changes changes = new Changes(uses);
            for (Reservation wanted : reservations) {
                wanted.lines().stream()
                        .filter(line -> !changes.hasRoom(line))
                        .findFirst()
                        .ifPresentOrElse(
                                full -> without.put(wanted.attempt(), full),
                                () -> changes.add(
                                        wanted.attempt(),
                                        wanted.lines().stream().map(Part::of).toList()));
            }
            changes.write();
            return without;
        });
    }

    @Override
    public void release(AttemptId attempt) {
        each(attempt, Part::released);
    }

    @Override
    public void settle(AttemptId attempt, Money price) {
        String currency = price.currency().getCurrencyCode();
        long quantity = Allowance.of(price).quantity();
        each(attempt, part -> part.paid(currency, quantity));
    }

    private void each(AttemptId attempt, UnaryOperator<Part> step) {
        database.transactions().execute(() -> {
            List<String> names = parts(attempt, "").stream().map(Part::name).toList();
            if (names.isEmpty()) {
                return;
            }
            database.transactions().protectHost();
            Changes changes = new Changes(budgets.lock(names));
            List<Part> after = parts(attempt, " FOR UPDATE").stream().map(step).toList();
            changes.add(attempt, after);
            changes.write();
        });
    }

    private List<Part> parts(AttemptId attempt, String tail) {
        return database.query(
                PARTS + tail,
                values -> values.id(attempt.message()).number(attempt.number()),
                row -> new Part(row.text(), row.text(), row.number(), row.number(), row.flag()));
    }

    @Override
    public Map<String, BudgetUse> use(Set<String> names) {
        Map<String, BudgetUse> found = budgets.find(names);
        found.values().removeIf(BudgetUse.NONE::equals);
        return found;
    }

    @Override
    public boolean alert(String name, int percent) {
        return database.update(
                        ALERT, values -> values.number(percent).text(name).number(percent))
                > 0;
    }

    /** What one call changes of budgets that it has locked. */
    private final class Changes {
        private final Map<String, BudgetUse> uses;
        private final Map<String, BudgetUse> moves = new TreeMap<>();
        private final List<AttemptId> replaced = new ArrayList<>();
        private final List<Owned> kept = new ArrayList<>();

        Changes(Map<String, BudgetUse> uses) {
            this.uses = uses;
        }

        boolean hasRoom(BudgetLine line) {
            BudgetUse move = moves.getOrDefault(line.name(), BudgetUse.NONE);
            return uses.getOrDefault(line.name(), BudgetUse.NONE).used() + move.used() + line.amount() <= line.limit();
        }

        void add(AttemptId attempt, List<Part> after) {
            List<Part> before = parts(attempt, "");
            if (!before.isEmpty()) {
                replaced.add(attempt);
            }
            before.forEach(part -> move(part, -1));
            after.forEach(part -> {
                move(part, 1);
                kept.add(new Owned(attempt, part));
            });
        }

        private void move(Part part, int sign) {
            BudgetUse move = moves.getOrDefault(part.name(), BudgetUse.NONE);
            moves.put(
                    part.name(),
                    new BudgetUse(move.spent() + sign * part.spent(), move.reserved() + sign * part.reserved(), 0));
        }

        void write() {
            moves.values().removeIf(BudgetUse.NONE::equals);
            database.batch(
                    DROP,
                    replaced,
                    (values, attempt) -> values.id(attempt.message()).number(attempt.number()));
            database.batch(
                    KEEP,
                    kept,
                    (values, owned) -> values.id(owned.attempt().message())
                            .number(owned.attempt().number())
                            .text(owned.part().name())
                            .text(owned.part().unit())
                            .number(owned.part().reserved())
                            .number(owned.part().spent())
                            .flag(owned.part().priced()));
            database.batch(
                    MOVE,
                    moves.entrySet(),
                    (values, move) -> values.number(move.getValue().spent())
                            .number(move.getValue().reserved())
                            .text(move.getKey()));
        }
    }
}
