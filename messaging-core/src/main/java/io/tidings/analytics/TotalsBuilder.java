package io.tidings.analytics;

import io.tidings.analytics.StatisticsStore.Sum;
import io.tidings.message.MessageStatus;
import io.tidings.message.Money;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Adds sums up. For one thread. */
final class TotalsBuilder {
    private static final int MILLIONTHS = 6;
    /** Those that no request was made for, or none that was taken. */
    private static final Set<MessageStatus> NOT_HANDED_OVER =
            EnumSet.of(MessageStatus.REFUSED, MessageStatus.EXPIRED, MessageStatus.CANCELED, MessageStatus.DEAD);

    private final Map<MessageStatus, Long> messages = new EnumMap<>(MessageStatus.class);
    private final Map<String, Long> cost = new TreeMap<>();
    private final Map<Integer, Long> errors = new TreeMap<>();
    private long segments;

    void add(Sum sum) {
        switch (sum.measure()) {
            case MESSAGES -> messages.merge(MessageStatus.valueOf(sum.name()), sum.amount(), Long::sum);
            case SEGMENTS -> segments += NOT_HANDED_OVER.contains(MessageStatus.valueOf(sum.name())) ? 0 : sum.amount();
            case ERRORS -> errors.merge(Integer.valueOf(sum.name()), sum.amount(), Long::sum);
            case COST -> cost.merge(sum.name(), sum.amount(), Long::sum);
        }
    }

    Totals totals() {
        messages.values().removeIf(count -> count == 0);
        errors.values().removeIf(count -> count == 0);
        List<Money> sums = cost.entrySet().stream()
                .filter(entry -> entry.getValue() != 0)
                .map(entry -> new Money(
                        BigDecimal.valueOf(entry.getValue(), MILLIONTHS), Currency.getInstance(entry.getKey())))
                .toList();
        return new Totals(messages, segments, sums, errors);
    }
}
