package io.tidings.jdbc.torture;

import io.tidings.Tidings;
import io.tidings.message.Category;
import io.tidings.message.MessageId;
import io.tidings.message.OutboundMessage;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Sender;
import io.tidings.message.StoreUnavailableException;
import io.tidings.outbox.Explanation;
import io.tidings.outbox.Receipt;
import io.tidings.sandbox.LogEntry;
import io.tidings.sandbox.SandboxLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The business side: every order has a token, which is the key of its message and stands in its text. A call of {@code
 * send()} that fails is made again with the same key, as the guide tells hosts to do. Safe for use by many threads.
 */
final class Orders {
    private static final Pattern TOKEN = Pattern.compile("T[0-9]{7}");
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Tidings tidings;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger repeated = new AtomicInteger();
    private final Map<String, MessageId> sent = new ConcurrentHashMap<>();

    Orders(Tidings tidings) {
        this.tidings = tidings;
    }

    /**
     * What the sandbox's log says beside our own states.
     *
     * @param sent orders whose {@code send()} returned
     * @param ends how they ended
     * @param ghosts accepted although no {@code send()} returned
     */
    record Verdict(int sent, End ends, int ghosts) {
        boolean holds() {
            return ends.holds() && ghosts == 0;
        }

        @Override
        public String toString() {
            return "sent=" + sent + " " + ends + " rolled_back_but_sent=" + ghosts;
        }
    }

    OutboundMessage.Builder order() {
        int number = next.incrementAndGet();
        String token = "T%07d".formatted(number);
        return OutboundMessage.to(new PhoneNumber("+1202555%04d".formatted(100 + number % 100)))
                .from(new Sender.ShortCode(LocalTwilio.SENDERS.get(number % LocalTwilio.SENDERS.size())))
                .category(number % 4 == 0 ? Category.ALERT : Category.TRANSACTIONAL)
                .key(token)
                .text("Order " + token + " is ready.");
    }

    /** Sends, and again with the same key until the answer is known. */
    MessageId send(OutboundMessage message) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                MessageId id = tidings.send(message).id();
                sent.put(String.valueOf(message.key()), id);
                return id;
            } catch (StoreUnavailableException e) {
                repeated.incrementAndGet();
                if (System.nanoTime() - end > 0) {
                    throw e;
                }
                Await.pass(Duration.ofMillis(50));
            }
        }
    }

    /** Notes what the host sent in a transaction that it has committed. */
    void committed(OutboundMessage message, MessageId id) {
        sent.put(String.valueOf(message.key()), id);
    }

    /** In batches. */
    void sendAll(int count, int atOnce) {
        for (int left = count; left > 0; left -= atOnce) {
            List<OutboundMessage> batch = new ArrayList<>();
            for (int i = 0; i < Math.min(left, atOnce); i++) {
                batch.add(order().build());
            }
            List<Receipt> receipts = tidings.sendAll(batch);
            for (int i = 0; i < batch.size(); i++) {
                committed(batch.get(i), receipts.get(i).id());
            }
        }
    }

    void send(int count, Duration pause) {
        for (int i = 0; i < count; i++) {
            send(order().build());
            Await.pass(pause);
        }
    }

    /** The message of each token. */
    Map<String, MessageId> sent() {
        return Map.copyOf(sent);
    }

    int sentCount() {
        return sent.size();
    }

    /** How many calls had to be made again. */
    int repeated() {
        return repeated.get();
    }

    /** Waits until every message has ended. A database that is away meanwhile is waited for as well. */
    boolean areDone(Duration most) {
        return Await.until(most, Duration.ofMillis(100), () -> {
            try {
                return tidings.counts().entrySet().stream()
                        .allMatch(count -> count.getKey().isTerminal() || count.getValue() == 0);
            } catch (StoreUnavailableException e) {
                return false;
            }
        });
    }

    Verdict verdict(SandboxLog truth) {
        Map<String, Integer> copies = copies(truth);
        End sum = End.NONE;
        for (Map.Entry<String, MessageId> order : sent.entrySet()) {
            Explanation story = tidings.explain(order.getValue()).orElseThrow();
            sum = sum.plus(End.of(story, copies.getOrDefault(order.getKey(), 0)));
        }
        int ghosts = (int) copies.keySet().stream()
                .filter(token -> !sent.containsKey(token))
                .count();
        return new Verdict(sent.size(), sum, ghosts);
    }

    /** How often each token was accepted. */
    static Map<String, Integer> copies(SandboxLog truth) {
        Map<String, Integer> copies = new HashMap<>();
        for (LogEntry.Request request : truth.accepted()) {
            LogEntry.Create create = request.create();
            Matcher token = TOKEN.matcher(create == null || create.body() == null ? "" : create.body());
            if (token.find()) {
                copies.merge(token.group(), 1, Integer::sum);
            }
        }
        return copies;
    }
}
