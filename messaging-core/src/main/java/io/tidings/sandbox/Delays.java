package io.tidings.sandbox;

import java.time.Duration;

/**
 * How long a message stays in each status, as mean values; each message draws between half and one and a half of them.
 * The time in a sender's queue comes on top: it follows from the sender's pace.
 *
 * <p>The figures of {@link #realistic()} are our own judgement: Twilio publishes none.
 *
 * @param accept from "accepted" to "queued", for sends through a messaging service
 * @param queue from "queued" to "sending", when nothing waits before the message
 * @param send from "sending" to "sent" or "failed"
 * @param receipt from "sent" to "delivered" or "undelivered"
 * @param price from "sent" until the price is known
 */
public record Delays(Duration accept, Duration queue, Duration send, Duration receipt, Duration price) {
    /** Checks that no delay is negative. */
    public Delays {
        for (Duration delay : new Duration[] {accept, queue, send, receipt, price}) {
            if (delay.isNegative()) {
                throw new IllegalArgumentException("A delay cannot be negative: use Duration.ZERO for none");
            }
        }
    }

    /** Returns delays as on a working network: about 4 s from creation to receipt, the price about 10 s later. */
    public static Delays realistic() {
        return new Delays(
                Duration.ofMillis(150),
                Duration.ofMillis(100),
                Duration.ofMillis(600),
                Duration.ofSeconds(3),
                Duration.ofSeconds(10));
    }

    /** Returns no delays at all: each status follows at once. */
    public static Delays none() {
        return new Delays(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);
    }

    /** Returns these delays, each multiplied by the factor: below 1 is faster, 0 is {@link #none()}. */
    public Delays times(double factor) {
        if (!(factor >= 0) || factor > 1_000_000) {
            throw new IllegalArgumentException("The factor must lie between 0 and 1000000, not " + factor);
        }
        return new Delays(
                scaled(accept, factor),
                scaled(queue, factor),
                scaled(send, factor),
                scaled(receipt, factor),
                scaled(price, factor));
    }

    static Duration scaled(Duration mean, double factor) {
        return Duration.ofNanos(Math.round(mean.toNanos() * factor));
    }
}
