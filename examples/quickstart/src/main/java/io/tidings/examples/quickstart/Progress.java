package io.tidings.examples.quickstart;

import io.tidings.Tidings;
import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import io.tidings.message.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Follows a run until every message is final, and shows where it stands. */
final class Progress {
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final int QUESTIONS = 4;
    private static final Duration LINE_EVERY = Duration.ofSeconds(1);
    private static final Duration STANDSTILL = Duration.ofSeconds(15);
    private static final int BUSY = 4;

    private final Tidings tidings;
    private final Terminal terminal;
    private final TimeSource time;
    private final long start;
    private long printed;

    Progress(Tidings tidings, Terminal terminal, TimeSource time) {
        this.tidings = tidings;
        this.terminal = terminal;
        this.time = time;
        this.start = time.nanos();
        this.printed = start - LINE_EVERY.toNanos();
    }

    /** Shows where it stands, if that is due. */
    void glance() {
        long pause = terminal.rewrites() ? LOOK_EVERY.toNanos() : LINE_EVERY.toNanos();
        if (time.nanos() - printed >= pause) {
            print(tidings.counts(), false);
        }
    }

    /**
     * Waits until all are final, for {@code patience}, and on a machine too busy for that as long as they move, but four
     * times as long at most: what merely had no turn is not lost. Callbacks get lost, so once nothing is left to send, the
     * carrier is asked about what it has; messages that are only SENT for {@code receipts} without any news are taken as
     * final: their carrier sends no receipts.
     */
    Duration follow(List<MessageId> ids, Duration patience, Duration receipts) throws InterruptedException {
        Map<MessageStatus, Long> before = Map.of();
        long news = start;
        long asked = start;
        while (time.nanos() - start < patience.toNanos() || isMoving(news, patience)) {
            Map<MessageStatus, Long> counts = tidings.counts();
            if (!counts.equals(before)) {
                before = counts;
                news = time.nanos();
            }
            boolean onlySent = open(counts) == counts.getOrDefault(MessageStatus.SENT, 0L);
            glance();
            if (open(counts) == 0 || (onlySent && time.nanos() - news >= receipts.toNanos())) {
                break;
            }
            boolean allSent = sum(counts, MessageStatus.SCHEDULED, MessageStatus.QUEUED, MessageStatus.SENDING) == 0;
            if (allSent && time.nanos() - asked >= receipts.toNanos() / QUESTIONS) {
                ids.stream().filter(this::isAtTheCarrier).forEach(tidings::refresh);
                asked = time.nanos();
            }
            Optional<MessageId> open = ids.stream().filter(id -> !isFinal(id)).findFirst();
            if (open.isPresent()) {
                tidings.await(open.get(), LOOK_EVERY);
            }
        }
        print(tidings.counts(), true);
        return Duration.ofNanos(time.nanos() - start);
    }

    private boolean isMoving(long news, Duration patience) {
        long now = time.nanos();
        return now - news < STANDSTILL.toNanos()
                && now - start < patience.multipliedBy(BUSY).toNanos();
    }

    private boolean isAtTheCarrier(MessageId id) {
        MessageStatus status = tidings.find(id).orElseThrow().status();
        return status == MessageStatus.ACCEPTED || status == MessageStatus.SENT;
    }

    private boolean isFinal(MessageId id) {
        return tidings.find(id).orElseThrow().status().isTerminal();
    }

    private static long open(Map<MessageStatus, Long> counts) {
        return counts.entrySet().stream()
                .filter(each -> !each.getKey().isTerminal())
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private void print(Map<MessageStatus, Long> counts, boolean last) {
        long now = time.nanos();
        printed = now;
        String line = String.format(
                Locale.ROOT,
                "%6.1f s   waiting %4d   in flight %3d   at the carrier %4d   delivered %4d   failed %3d",
                (now - start) / 1e9,
                sum(counts, MessageStatus.QUEUED, MessageStatus.SCHEDULED),
                sum(counts, MessageStatus.SENDING),
                sum(counts, MessageStatus.ACCEPTED, MessageStatus.SENT, MessageStatus.UNCERTAIN),
                sum(counts, MessageStatus.DELIVERED, MessageStatus.READ),
                sum(counts, MessageStatus.UNDELIVERED, MessageStatus.FAILED, MessageStatus.DEAD));
        terminal.out().print(terminal.rewrites() ? "\r" + line + (last ? "\n" : "") : line + "\n");
        terminal.out().flush();
    }

    private static long sum(Map<MessageStatus, Long> counts, MessageStatus... statuses) {
        long sum = 0;
        for (MessageStatus status : statuses) {
            sum += counts.getOrDefault(status, 0L);
        }
        return sum;
    }
}
