package io.tidings.budget;

import io.tidings.message.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.Optional;

/**
 * How much: an amount of money, of segments or of messages.
 *
 * @param unit an ISO 4217 currency, {@code segments} or {@code messages}
 * @param quantity of money in millionths of the currency, else a count; not negative
 */
public record Allowance(String unit, long quantity) {
    private static final String SEGMENTS = "segments";
    private static final String MESSAGES = "messages";
    private static final int DECIMALS = 6;

    /** Checks the quantity. */
    public Allowance {
        if (quantity < 0) {
            throw new IllegalArgumentException("a budget is not negative, got " + quantity + " " + unit);
        }
    }

    /** So much money; parts of a millionth are rounded up. */
    public static Allowance of(Money money) {
        BigDecimal millionths = money.amount().movePointRight(DECIMALS).setScale(0, RoundingMode.CEILING);
        return new Allowance(money.currency().getCurrencyCode(), millionths.longValueExact());
    }

    /** So much money, for example {@code of("25.00", "USD")}. */
    public static Allowance of(String amount, String currency) {
        return of(Money.of(amount, currency));
    }

    /** So many segments, whatever they cost. */
    public static Allowance segments(long count) {
        return new Allowance(SEGMENTS, count);
    }

    /** So many messages, whatever they cost. */
    public static Allowance messages(long count) {
        return new Allowance(MESSAGES, count);
    }

    /** The amount if it is money. */
    public Optional<Money> money() {
        return isMoney()
                ? Optional.of(new Money(BigDecimal.valueOf(quantity, DECIMALS), Currency.getInstance(unit)))
                : Optional.empty();
    }

    boolean isMoney() {
        return !unit.equals(SEGMENTS) && !unit.equals(MESSAGES);
    }

    boolean isSegments() {
        return unit.equals(SEGMENTS);
    }

    Allowance with(long other) {
        return new Allowance(unit, other);
    }

    @Override
    public String toString() {
        return money().map(Money::toString).orElse(quantity + " " + unit);
    }
}
