package io.tidings.torture;

import io.tidings.Tidings;
import io.tidings.message.Category;
import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import io.tidings.message.OutboundMessage;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Sender;
import io.tidings.message.TenantId;
import io.tidings.outbox.MessageView;
import io.tidings.sandbox.SandboxLog;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The business side: every message carries a token of its own in its text, and the sandbox's log tells how often each
 * token was accepted. Safe for use by many threads.
 */
final class Ledger {
    private static final String LONG = " We look forward to seeing you, and thank you for your patience today.";

    private final Tidings tidings;
    private final AtomicInteger next = new AtomicInteger();
    private final Map<String, MessageId> sent = new ConcurrentHashMap<>();

    Ledger(Tidings tidings) {
        this.tidings = tidings;
    }

    /**
     * What the ground truth says beside our own states.
     *
     * @param sent tokens that {@code send()} returned for
     * @param accepted tokens that the sandbox accepted at least once
     * @param duplicates tokens that it accepted more than once
     * @param lost tokens never accepted whose message is neither waiting, held nor ended with a reason
     * @param unrecorded tokens accepted whose message does not know it and is not held either
     * @param held messages with an unknown outcome
     * @param dead messages that wait for an operator
     * @param stuck messages that wait without a due time
     */
    record Verdict(int sent, int accepted, int duplicates, int lost, int unrecorded, int held, int dead, int stuck) {}

    /** Starts a message with a new token and that many segments (1 to 4). */
    OutboundMessage.Builder message(int segments) {
        int number = next.incrementAndGet();
        return OutboundMessage.to(new PhoneNumber("+1202555%04d".formatted(number % 10_000)))
                .text("T%07d is ready.%s".formatted(number, segments == 1 ? "" : LONG.repeat(2 * segments - 1)));
    }

    MessageId send(OutboundMessage.Builder message) {
        OutboundMessage built = message.build();
        MessageId id = tidings.send(built).id();
        sent.put(text(built), id);
        return id;
    }

    MessageId send(String sender, Category category, int segments) {
        return send(message(segments).from(new Sender.ShortCode(sender)).category(category));
    }

    void send(int count) {
        for (int i = 0; i < count; i++) {
            send(message(1).tenant(new TenantId("tenant-" + i % 5)));
        }
    }

    private static String text(OutboundMessage message) {
        return ((io.tidings.message.Content.Text) message.content()).body().text();
    }

    Map<String, MessageId> sent() {
        return Map.copyOf(sent);
    }

    /** Whether every message has left the queue: nothing waits, nothing is in the air. */
    boolean isDrained() {
        Map<MessageStatus, Long> counts = tidings.counts();
        return !counts.containsKey(MessageStatus.QUEUED)
                && !counts.containsKey(MessageStatus.SENDING)
                && !counts.containsKey(MessageStatus.SCHEDULED);
    }

    /** Whether every message is delivered. */
    boolean isDelivered() {
        return tidings.counts().getOrDefault(MessageStatus.DELIVERED, 0L) == sent.size();
    }

    Verdict verdict(SandboxLog truth) {
        Map<String, Integer> accepted = new HashMap<>(truth.acceptedByBody());
        int duplicates = 0;
        int lost = 0;
        int unrecorded = 0;
        int held = 0;
        int dead = 0;
        int stuck = 0;
        for (Map.Entry<String, MessageId> entry : sent.entrySet()) {
            int times = accepted.getOrDefault(entry.getKey(), 0);
            MessageView view = tidings.find(entry.getValue()).orElseThrow();
            boolean waits = view.status() == MessageStatus.QUEUED || view.status() == MessageStatus.SCHEDULED;
            boolean isHeld = view.status() == MessageStatus.UNCERTAIN;
            boolean reasoned = view.status().isTerminal() && view.failure() != null;
            duplicates += times > 1 ? 1 : 0;
            lost += times == 0 && !waits && !isHeld && !reasoned ? 1 : 0;
            unrecorded += times > 0 && !isHeld && !knows(view.status()) ? 1 : 0;
            held += isHeld ? 1 : 0;
            dead += view.status() == MessageStatus.DEAD ? 1 : 0;
            stuck += view.status() == MessageStatus.SENDING || (waits && view.nextAt() == null) ? 1 : 0;
        }
        int known = (int) sent.keySet().stream().filter(accepted::containsKey).count();
        return new Verdict(sent.size(), known, duplicates, lost, unrecorded, held, dead, stuck);
    }

    private static boolean knows(MessageStatus status) {
        return switch (status) {
            case ACCEPTED, SENT, DELIVERED, READ, UNDELIVERED -> true;
            default -> false;
        };
    }
}
