package io.tidings.message;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.Objects;

/**
 * An amount in a currency, exact: prices of texts have four and more decimals.
 *
 * @param amount any amount; trailing zeros are dropped, so that 1.0 equals 1.00
 * @param currency its ISO 4217 currency
 */
public record Money(BigDecimal amount, Currency currency) {

    /** Drops trailing zeros. */
    public Money {
        amount = amount.signum() == 0 ? BigDecimal.ZERO : amount.stripTrailingZeros();
        if (amount.scale() < 0) {
            amount = amount.setScale(0);
        }
        Objects.requireNonNull(currency, "currency");
    }

    /** Reads a decimal and an ISO 4217 code, like {@code 0.0079} and {@code USD}. */
    public static Money of(String amount, String currency) {
        try {
            return new Money(new BigDecimal(amount), Currency.getInstance(currency));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("an amount is a decimal number like 0.0079, got '" + amount + "'", e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("a currency is an ISO 4217 code like USD, got '" + currency + "'", e);
        }
    }

    /** The amount so many times. */
    public Money times(int count) {
        return new Money(amount.multiply(BigDecimal.valueOf(count)), currency);
    }

    /** The sum. Throws {@link IllegalArgumentException} for another currency: there is no rate to guess. */
    public Money plus(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException(
                    "cannot add " + other.currency + " to " + currency + "; keep one sum per currency");
        }
        return new Money(amount.add(other.amount), currency);
    }

    @Override
    public String toString() {
        return amount.toPlainString() + " " + currency;
    }
}
