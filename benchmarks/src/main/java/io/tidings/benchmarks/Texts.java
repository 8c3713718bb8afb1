package io.tidings.benchmarks;

import java.util.concurrent.atomic.AtomicLong;

/** Recipients in turn and a text that is never the same twice, so that nobody's gate has a reason to say no. */
public final class Texts {
    /** Who sends them. */
    public static final String FROM = "+12025550100";

    private static final int RECIPIENTS = 100;

    private final AtomicLong number = new AtomicLong();

    /** Whom to text what. */
    public record Text(String to, String body) {}

    /** The next one. */
    public Text next() {
        long next = number.incrementAndGet();
        return new Text(
                "+120255501" + (next % RECIPIENTS < 10 ? "0" : "") + next % RECIPIENTS,
                "Your car is ready at bay 4, order " + next + ". Reply STOP to end these messages.");
    }
}
