package io.tidings.price;

import io.tidings.message.Channel;
import io.tidings.message.Money;
import java.time.LocalDate;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * One line of a price book.
 *
 * @param channel how the message travels
 * @param destination an ISO 3166 region like {@code US}, a calling code like {@code +44}, or a longer prefix like
 *     {@code +4474} for one network
 * @param from the first day it holds; it ends where a later line for the same destination begins
 * @param price per segment (SMS) or message; not negative
 */
public record Price(Channel channel, String destination, LocalDate from, Money price) {
    private static final Pattern DESTINATION = Pattern.compile("[A-Z]{2}|\\+[1-9][0-9]{0,14}");

    /** Checks destination and price. */
    public Price {
        Objects.requireNonNull(channel, "channel");
        Objects.requireNonNull(from, "from");
        if (!DESTINATION.matcher(destination).matches()) {
            throw new IllegalArgumentException(
                    "a destination is a region like US or a prefix like +44, got '" + destination + "'");
        }
        if (price.amount().signum() < 0) {
            throw new IllegalArgumentException("a price is not negative, got " + price);
        }
    }
}
