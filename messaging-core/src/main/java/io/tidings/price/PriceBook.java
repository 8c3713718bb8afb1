package io.tidings.price;

import io.tidings.message.Channel;
import io.tidings.message.Money;
import io.tidings.message.PhoneNumber;
import java.io.Reader;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * Dated prices per destination, supplied by the host: Twilio's public list differs from what an account pays.
 *
 * <p>An unknown price is empty, never a guess. Implementations answer from memory and are safe for use by many threads.
 */
@FunctionalInterface
public interface PriceBook {

    /** The price of one segment (SMS) or one message (other channels) to this number on this day, if it is known. */
    Optional<Money> unitPrice(Channel channel, PhoneNumber to, LocalDate day);

    /** The price of so many segments; other channels than SMS pay for one message, whatever its length. */
    default Optional<Money> estimate(Channel channel, PhoneNumber to, int segments, LocalDate day) {
        return unitPrice(channel, to, day).map(price -> price.times(channel == Channel.SMS ? segments : 1));
    }

    /** Knows no price. */
    static PriceBook unknown() {
        return (channel, to, day) -> Optional.empty();
    }

    /** Knows these prices. Throws {@link IllegalArgumentException} if two contradict each other. */
    static PriceBook of(List<Price> prices) {
        return new PriceTable(prices);
    }

    /**
     * Reads a table with the columns {@code channel,destination,from,price,currency} in any order, for example
     * {@code SMS,US,2026-01-01,0.0083,USD}. Lines that start with {@code #} are comments.
     *
     * <p>Throws {@link io.tidings.message.NotConfiguredException} with the line of the first mistake.
     */
    static PriceBook csv(Reader table) {
        return PriceCsv.book(table);
    }
}
