package io.tidings.outbox;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * When the provider is asked about a message whose final state has not come in: callbacks get lost, and by default Twilio
 * does not repeat one that our side answered badly. And when it is asked what a message cost that has ended: callbacks
 * carry no price, and Twilio knows it minutes later.
 *
 * @param waits from one question to the next; after the last one nothing more is asked
 * @param prices from the end to the first question about the price, and on to the next, until it is known; empty to ask
 *     about none. It takes one request for each message
 */
public record PollPlan(List<Duration> waits, List<Duration> prices) {
    private static final List<Duration> LATE_PRICES = List.of(Duration.ofMinutes(2), Duration.ofHours(1));

    /** Checks the waits. */
    public PollPlan {
        waits = positive(waits);
        prices = positive(prices);
    }

    /** Asks about states only. */
    public PollPlan(List<Duration> waits) {
        this(waits, List.of());
    }

    private static List<Duration> positive(List<Duration> waits) {
        if (waits.stream().anyMatch(wait -> wait.isNegative() || wait.isZero())) {
            throw new IllegalArgumentException("waits between polls must be positive, got " + waits);
        }
        return List.copyOf(waits);
    }

    /** Where callbacks come in as well: after 1 and 5 and 30 minutes, 2 and 11 hours, each counted from the one before. */
    public static PollPlan besideCallbacks() {
        return new PollPlan(List.of(
                Duration.ofMinutes(1),
                Duration.ofMinutes(5),
                Duration.ofMinutes(30),
                Duration.ofHours(2),
                Duration.ofHours(11)));
    }

    /** Where no public address exists, so that asking is the only way: seconds at first, then as above. */
    public static PollPlan withoutCallbacks() {
        return new PollPlan(List.of(
                Duration.ofSeconds(2),
                Duration.ofSeconds(3),
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                Duration.ofSeconds(20),
                Duration.ofMinutes(1),
                Duration.ofMinutes(5),
                Duration.ofMinutes(30),
                Duration.ofHours(2),
                Duration.ofHours(11)));
    }

    /** The same, asking about the price of what has ended after 2 minutes and an hour, if this plan does not ask yet. */
    public PollPlan withPrices() {
        return prices.isEmpty() ? new PollPlan(waits, LATE_PRICES) : this;
    }

    /** The wait before the round of that number: states first, then prices; empty if that round is not planned. */
    public Optional<Duration> before(int round) {
        int price = round - waits.size();
        if (round < waits.size()) {
            return Optional.of(waits.get(round));
        }
        return price < prices.size() ? Optional.of(prices.get(price)) : Optional.empty();
    }

    /** The first round that asks about the price of an ended message. */
    public int firstPrice() {
        return waits.size();
    }

    /** Whether this round asks about a price only. */
    public boolean isAboutPrice(int round) {
        return round >= waits.size();
    }

    /** The same with all waits multiplied; never below a millisecond. */
    public PollPlan scaledBy(double factor) {
        return new PollPlan(scaled(waits, factor), scaled(prices, factor));
    }

    private static List<Duration> scaled(List<Duration> waits, double factor) {
        return waits.stream()
                .map(wait -> Duration.ofMillis(Math.max(1, Math.round(wait.toMillis() * factor))))
                .toList();
    }
}
