package io.tidings.analytics;

import io.tidings.message.MessageStatus;
import io.tidings.message.Money;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What became of some messages. Those that are still in the queue are not among them.
 *
 * @param messages how many have each status; statuses without messages are left out
 * @param segments how many segments those have that were handed to the provider, each message counted once
 * @param cost what the provider charged so far, one sum per currency
 * @param errors how many stand with each of the provider's error codes
 */
public record Totals(Map<MessageStatus, Long> messages, long segments, List<Money> cost, Map<Integer, Long> errors) {
    /** Nothing. */
    public static final Totals NOTHING = new Totals(Map.of(), 0, List.of(), Map.of());

    private static final Set<MessageStatus> ARRIVED = EnumSet.of(MessageStatus.DELIVERED, MessageStatus.READ);
    private static final Set<MessageStatus> KNOWN = EnumSet.of(
            MessageStatus.DELIVERED,
            MessageStatus.READ,
            MessageStatus.UNDELIVERED,
            MessageStatus.FAILED,
            MessageStatus.EXPIRED);
    private static final Set<MessageStatus> UNSENT = EnumSet.of(MessageStatus.REFUSED, MessageStatus.CANCELED);

    /** Copies the collections. */
    public Totals {
        messages = Map.copyOf(messages);
        cost = List.copyOf(cost);
        errors = Map.copyOf(errors);
    }

    /** How many there are in all. */
    public long all() {
        return sum(messages.keySet());
    }

    /** How many were delivered or read. */
    public long delivered() {
        return sum(ARRIVED);
    }

    /** How many are known to have arrived or not: delivered, read, undelivered, failed or expired. */
    public long known() {
        return sum(KNOWN);
    }

    /** How many were refused by a gate or cancelled, and so never meant to arrive. */
    public long unsent() {
        return sum(UNSENT);
    }

    /** The rest, to be shown beside a rate: with the provider or the carrier, or dead and waiting for a person. */
    public long open() {
        return all() - known() - unsent();
    }

    /** {@link #delivered} divided by {@link #known}, from 0 to 1; empty while nothing is known. */
    public OptionalDouble deliveryRate() {
        long known = known();
        return known == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) delivered() / known);
    }

    private long sum(Collection<MessageStatus> some) {
        return some.stream()
                .mapToLong(status -> messages.getOrDefault(status, 0L))
                .sum();
    }
}
