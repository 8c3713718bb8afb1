package io.tidings.spring.observe;

import io.tidings.analytics.Totals;
import io.tidings.message.MessageStatus;
import io.tidings.message.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How bad each reading says it is, and nothing where that cannot be told: of a reading that failed, of too few messages, or of
 * what another node saw get worse before this one had looked for a whole window. For one thread.
 */
final class Degradations {
    private final TidingsAlertProperties bounds;
    private final TimeSource time;
    private final Deque<Sample> samples = new ArrayDeque<>();
    private boolean sawNewDead;

    private record Sample(long nanos, Map<MessageStatus, Long> messages) {
        long count(MessageStatus status) {
            return messages.getOrDefault(status, 0L);
        }
    }

    Degradations(TidingsAlertProperties bounds, TimeSource time) {
        this.bounds = bounds;
        this.time = time;
    }

    /** What this reading says. */
    List<TidingsAlert> after(Reading reading) {
        if (reading.trouble() != null) {
            return List.of();
        }
        Sample now = new Sample(time.nanos(), reading.messages());
        Sample before = before(now);
        List<TidingsAlert> states = new ArrayList<>();
        rate(before, now, states::add);
        lag(reading.lag(), states::add);
        dead(before, now, states::add);
        return states;
    }

    /** The newest sample that is as old as the window, or the oldest there is. */
    private Sample before(Sample now) {
        samples.addLast(now);
        long window = bounds.window().toNanos();
        Sample first = samples.removeFirst();
        while (!samples.isEmpty() && now.nanos() - samples.getFirst().nanos() >= window) {
            first = samples.removeFirst();
        }
        samples.addFirst(first);
        return first;
    }

    private void rate(Sample before, Sample now, Consumer<TidingsAlert> told) {
        Map<MessageStatus, Long> more = new EnumMap<>(MessageStatus.class);
        for (MessageStatus status : MessageStatus.values()) {
            // Fewer than before: they were deleted or went on to another status.
            more.put(status, Math.max(0, now.count(status) - before.count(status)));
        }
        Totals ended = new Totals(more, 0, List.of(), Map.of());
        if (ended.known() < bounds.deliveryRateOf()) {
            return;
        }
        double rate = ended.deliveryRate().orElse(1);
        boolean low = rate < bounds.deliveryRateBelow();
        told.accept(
                new TidingsAlert.DeliveryRate(low, time.instant(), rate, bounds.deliveryRateBelow(), ended.known()));
    }

    private void lag(Duration lag, Consumer<TidingsAlert> told) {
        boolean late = lag.compareTo(bounds.lagAbove()) > 0;
        told.accept(new TidingsAlert.QueueLag(late, time.instant(), lag, bounds.lagAbove()));
    }

    private void dead(Sample before, Sample now, Consumer<TidingsAlert> told) {
        long waiting = now.count(MessageStatus.DEAD);
        long more = waiting - before.count(MessageStatus.DEAD);
        boolean many = more > bounds.deadLettersAbove();
        boolean whole = now.nanos() - before.nanos() >= bounds.window().toNanos();
        if (many || sawNewDead || whole) {
            told.accept(new TidingsAlert.DeadLetters(many, time.instant(), waiting, more));
        }
        sawNewDead |= many;
    }
}
