package io.tidings.spring.observe;

import io.tidings.analytics.Totals;
import io.tidings.message.MessageStatus;
import io.tidings.message.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** What each reading changes of what is too bad. A reading that failed changes nothing. For one thread. */
final class Degradations {
    private final TidingsAlertProperties bounds;
    private final TimeSource time;
    private final Deque<Sample> samples = new ArrayDeque<>();
    private final Set<Class<? extends TidingsAlert>> raised = new HashSet<>();

    private record Sample(long nanos, Map<MessageStatus, Long> messages) {
        long count(MessageStatus status) {
            return messages.getOrDefault(status, 0L);
        }
    }

    Degradations(TidingsAlertProperties bounds, TimeSource time) {
        this.bounds = bounds;
        this.time = time;
    }

    /** What changed with this reading. */
    List<TidingsAlert> after(Reading reading) {
        if (reading.trouble() != null) {
            return List.of();
        }
        Sample now = new Sample(time.nanos(), reading.messages());
        Sample before = before(now);
        List<TidingsAlert> changed = new ArrayList<>();
        rate(before, now, changed::add);
        lag(reading.lag(), changed::add);
        dead(before, now, changed::add);
        return changed;
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
        if (changes(TidingsAlert.DeliveryRate.class, low)) {
            told.accept(new TidingsAlert.DeliveryRate(
                    low, time.instant(), rate, bounds.deliveryRateBelow(), ended.known()));
        }
    }

    private void lag(Duration lag, Consumer<TidingsAlert> told) {
        boolean late = lag.compareTo(bounds.lagAbove()) > 0;
        if (changes(TidingsAlert.QueueLag.class, late)) {
            told.accept(new TidingsAlert.QueueLag(late, time.instant(), lag, bounds.lagAbove()));
        }
    }

    private void dead(Sample before, Sample now, Consumer<TidingsAlert> told) {
        long waiting = now.count(MessageStatus.DEAD);
        long more = waiting - before.count(MessageStatus.DEAD);
        boolean many = more > bounds.deadLettersAbove();
        if (changes(TidingsAlert.DeadLetters.class, many)) {
            told.accept(new TidingsAlert.DeadLetters(many, time.instant(), waiting, more));
        }
    }

    private boolean changes(Class<? extends TidingsAlert> what, boolean bad) {
        return bad ? raised.add(what) : raised.remove(what);
    }
}
