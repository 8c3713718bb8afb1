package io.tidings.dispatch;

import io.tidings.message.MessageId;
import io.tidings.message.OutboundMessage;
import io.tidings.outbox.QueueRow;
import io.tidings.outbox.SenderKey;
import io.tidings.outbox.Skip;
import io.tidings.outbox.WorkQueue;
import io.tidings.throttle.AdaptiveWindow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Chooses the messages of a sender that have a slot in flight and all their permits. */
final class Picker {
    /** At most so many in one transaction: enough that its fixed cost is small, few enough that nobody waits long for it. */
    private static final int BATCH = 256;

    private final WorkQueue work;
    private final SendChecks checks;

    Picker(WorkQueue work, SendChecks checks) {
        this.work = work;
        this.checks = checks;
    }

    /**
     * What was chosen.
     *
     * @param rows each holds one slot of the window and its permits
     * @param again nanoseconds until it is worth asking again, {@link Long#MAX_VALUE} if only an event can change it
     */
    record Picked(List<QueueRow> rows, long again) {}

    Picked pick(SenderKey sender, SenderPace pace, Quotas quotas, AdaptiveWindow window) {
        long paused = Math.max(pace.refresh(), window.nanosUntilOpen());
        if (paused > 0) {
            return new Picked(List.of(), paused);
        }
        int slots = window.tryAcquireUpTo(BATCH);
        if (slots == 0) {
            return new Picked(List.of(), Long.MAX_VALUE);
        }
        Choice choice = new Choice(pace, quotas, checks);
        try {
            return pick(sender, window, slots, choice);
        } catch (RuntimeException e) {
            window.release(slots);
            choice.giveUp();
            throw e;
        }
    }

    private Picked pick(SenderKey sender, AdaptiveWindow window, int slots, Choice choice) {
        boolean more = true;
        while (more && !choice.isOver()) {
            List<QueueRow> due = work.due(sender, slots, choice.skip);
            more = due.size() == slots && choice.chosen.size() < slots;
            Skip before = choice.skip;
            choice.consider(due, slots);
            more &= !choice.skip.equals(before);
        }
        if (slots > choice.chosen.size()) {
            window.release(slots - choice.chosen.size());
        }
        boolean slotsAreSpent = choice.chosen.size() == slots && slots < BATCH;
        boolean batchIsFull = choice.chosen.size() == slots && !slotsAreSpent;
        return new Picked(choice.chosen, batchIsFull ? 0 : slotsAreSpent ? Long.MAX_VALUE : choice.again);
    }

    /** What was chosen so far. A page may be full of messages whose tenant has no permits left: then another is read. */
    private static final class Choice {
        private final SenderPace pace;
        private final Quotas quotas;
        private final SendChecks checks;
        private final List<QueueRow> chosen = new ArrayList<>();
        private final Set<MessageId> seen = new HashSet<>();
        private Skip skip = Skip.NONE;
        private long again = Long.MAX_VALUE;
        private boolean senderIsSpent;

        Choice(SenderPace pace, Quotas quotas, SendChecks checks) {
            this.pace = pace;
            this.quotas = quotas;
            this.checks = checks;
        }

        void giveUp() {
            for (QueueRow row : chosen) {
                pace.release(row.stored().segments());
                quotas.release(row);
            }
        }

        boolean isOver() {
            return senderIsSpent;
        }

        void consider(List<QueueRow> due, int slots) {
            for (QueueRow row : due) {
                if (senderIsSpent || chosen.size() == slots) {
                    return;
                }
                if (!isSkipped(row) && seen.add(row.stored().id()) && checks.pass(row)) {
                    consider(row);
                }
            }
        }

        private boolean isSkipped(QueueRow row) {
            OutboundMessage message = row.stored().message();
            return skip.tenants().contains(message.tenant())
                    || skip.categories().contains(message.category());
        }

        private void consider(QueueRow row) {
            Skip after = quotas.tryAcquire(row, skip);
            if (!after.equals(skip)) {
                skip = after;
                again = Math.min(again, Math.max(1, quotas.nanosUntil(row)));
            } else if (pace.tryAcquire(
                    row.stored().segments(), row.stored().message().category())) {
                chosen.add(row);
            } else {
                quotas.release(row);
                senderIsSpent = true;
                again = pace.nanosUntil(
                        row.stored().segments(), row.stored().message().category());
            }
        }
    }
}
