package io.tidings.dispatch;

import io.tidings.outbox.QueueRow;
import io.tidings.outbox.SenderKey;
import io.tidings.outbox.WorkQueue;
import io.tidings.throttle.AdaptiveWindow;
import java.util.ArrayList;
import java.util.List;

/** Chooses the messages of a sender that have a slot in flight and all their permits. */
final class Picker {
    private static final int BATCH = 64;

    private final WorkQueue work;

    Picker(WorkQueue work) {
        this.work = work;
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
        List<QueueRow> due = work.due(sender, slots);
        List<QueueRow> chosen = new ArrayList<>(due.size());
        long again = due.size() == slots ? 0 : Long.MAX_VALUE;
        for (QueueRow row : due) {
            if (!quotas.tryAcquire(row)) {
                again = Math.min(again, Math.max(1, quotas.nanosUntil(row)));
                continue;
            }
            if (!pace.tryAcquire(row.stored().segments(), row.stored().message().category())) {
                again = pace.nanosUntil(
                        row.stored().segments(), row.stored().message().category());
                break;
            }
            chosen.add(row);
        }
        if (slots > chosen.size()) {
            window.release(slots - chosen.size());
        }
        return new Picked(chosen, again);
    }
}
