package io.tidings.outbox;

import io.tidings.analytics.Cell;
import io.tidings.analytics.Delta;
import io.tidings.analytics.Measure;
import io.tidings.analytics.StatisticsStore;
import io.tidings.history.MessageRow;
import io.tidings.history.Observation;
import io.tidings.history.StoredMessage;
import io.tidings.message.AttemptId;
import io.tidings.message.Failure;
import io.tidings.message.Money;
import io.tidings.message.OutboundMessage;
import io.tidings.template.TemplateRef;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a change of a message changes in the counters. Joins the caller's transaction. */
final class Counters {
    private static final int MILLIONTHS = 6;

    private final Stores stores;
    private volatile Consumer<Money> onCharge = money -> {};

    Counters(Stores stores) {
        this.stores = stores;
    }

    /** Tells this one, instead of nobody, after the commit, what more the provider charged. */
    void onCharge(Consumer<Money> listener) {
        onCharge = listener;
    }

    /** Counts a row in place of another; nothing is added where both count alike. */
    static void move(StatisticsStore statistics, @Nullable MessageRow before, @Nullable MessageRow after) {
        List<Delta> deltas = new ArrayList<>();
        move(deltas, before, after);
        if (!deltas.isEmpty()) {
            statistics.add(deltas);
        }
    }

    private static void move(List<Delta> deltas, @Nullable MessageRow before, @Nullable MessageRow after) {
        if (before != null && after != null && before.status() == after.status() && code(before) == code(after)) {
            return;
        }
        if (before != null) {
            count(deltas, before, -1);
        }
        if (after != null) {
            count(deltas, after, 1);
        }
    }

    /** Counts rows in place of others, or where there were none, each counter once. */
    void moved(List<Move> moves) {
        List<Delta> each = new ArrayList<>();
        moves.forEach(move -> move(each, move.before(), move.after()));
        Map<Delta, Long> sums = new LinkedHashMap<>();
        each.forEach(delta ->
                sums.merge(new Delta(delta.cell(), delta.measure(), delta.name(), 0), delta.amount(), Long::sum));
        sums.values().removeIf(amount -> amount == 0);
        if (!sums.isEmpty()) {
            stores.records()
                    .statistics()
                    .add(sums.entrySet().stream()
                            .map(sum -> new Delta(
                                    sum.getKey().cell(),
                                    sum.getKey().measure(),
                                    sum.getKey().name(),
                                    sum.getValue()))
                            .toList());
        }
    }

    private static void count(List<Delta> deltas, MessageRow row, int sign) {
        Cell cell = cell(row.stored());
        String status = row.status().name();
        deltas.add(new Delta(cell, Measure.MESSAGES, status, sign));
        deltas.add(new Delta(
                cell, Measure.SEGMENTS, status, (long) sign * row.stored().segments()));
        if (code(row) != 0) {
            deltas.add(new Delta(cell, Measure.ERRORS, Integer.toString(code(row)), sign));
        }
    }

    private static int code(MessageRow row) {
        Failure failure = row.failure();
        return failure == null ? 0 : failure.code();
    }

    private static Cell cell(StoredMessage stored) {
        OutboundMessage message = stored.message();
        TemplateRef template = stored.template();
        return new Cell(
                message.tenant(),
                stored.acceptedAt(),
                message.category(),
                message.channel(),
                template == null ? null : template.name());
    }

    /** Counts what the provider charged for an attempt, once the observation that tells it is stored. */
    void charged(AttemptId attempt, Observation seen) {
        Optional<Money> price = seen.charge();
        if (price.isEmpty()) {
            return;
        }
        List<Money> told = stores.attempts().observations(attempt).stream()
                .flatMap(each -> each.charge().stream())
                .toList();
        Money before = told.size() < 2 ? null : told.get(told.size() - 2);
        if (!price.get().equals(before)) {
            message(attempt).ifPresent(stored -> charge(cell(stored), before, price.get()));
        }
    }

    private Optional<StoredMessage> message(AttemptId attempt) {
        return stores.outbox()
                .find(attempt.message())
                .map(QueueRow::stored)
                .or(() -> stores.history().find(attempt.message()).map(MessageRow::stored));
    }

    private void charge(Cell cell, @Nullable Money before, Money now) {
        List<Delta> deltas = new ArrayList<>();
        if (before != null) {
            deltas.add(cost(cell, before, -1));
        }
        deltas.add(cost(cell, now, 1));
        stores.records().statistics().add(deltas);
        Money more = before != null && before.currency().equals(now.currency()) ? now.plus(before.times(-1)) : now;
        if (more.amount().signum() > 0) {
            stores.transactions().afterCommit(() -> onCharge.accept(more));
        }
    }

    private static Delta cost(Cell cell, Money money, int sign) {
        BigDecimal millionths = money.amount().movePointRight(MILLIONTHS).setScale(0, RoundingMode.HALF_EVEN);
        return new Delta(cell, Measure.COST, money.currency().getCurrencyCode(), sign * millionths.longValueExact());
    }
}
