package io.tidings.spring.observe;

import io.tidings.message.Money;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * When listeners are told that something got worse. Nothing is looked at for them unless some listener is there.
 *
 * @param enabled Whether alerts are published.
 * @param window How far back delivery rate and dead letters are compared.
 * @param deliveryRateBelow Share of delivered messages that is too low, from 0 to 1. Zero for never.
 * @param deliveryRateOf How many messages must have ended within the window before their rate counts.
 * @param lagAbove How long a due message may wait.
 * @param deadLettersAbove How many new dead letters within the window are too many, if there are more.
 * @param balanceBelow Money on the account that is too little, such as 20 USD. Nobody is told, if this is not set.
 */
@ConfigurationProperties("tidings.alerts")
public record TidingsAlertProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("15m") Duration window,
        @DefaultValue("0.8") double deliveryRateBelow,
        @DefaultValue("50") int deliveryRateOf,
        @DefaultValue("5m") Duration lagAbove,
        @DefaultValue("0") long deadLettersAbove,
        @Nullable String balanceBelow) {

    /** Checks the figures. */
    public TidingsAlertProperties {
        require(window.toSeconds() >= 1, "window", window, "it is a second at least");
        require(
                deliveryRateBelow >= 0 && deliveryRateBelow <= 1,
                "delivery-rate-below",
                deliveryRateBelow,
                "a rate lies between 0 and 1");
        require(deliveryRateOf >= 1, "delivery-rate-of", deliveryRateOf, "it is one message at least");
        require(!lagAbove.isNegative(), "lag-above", lagAbove, "it must not be negative");
        require(deadLettersAbove >= 0, "dead-letters-above", deadLettersAbove, "it must not be negative");
        require(
                balanceBelow == null || balanceBelow.matches("[0-9]+(\\.[0-9]+)? [A-Z]{3}"),
                "balance-below",
                balanceBelow,
                "an amount is written like 20 USD");
    }

    /** Below which the money on the account is too little, or {@code null} if nobody asks. */
    @Nullable
    Money leastBalance() {
        if (balanceBelow == null) {
            return null;
        }
        String[] amount = balanceBelow.split(" ", 2);
        return Money.of(amount[0], amount[1]);
    }

    private static void require(boolean right, String name, @Nullable Object value, String otherwise) {
        if (!right) {
            throw new InvalidConfigurationPropertyValueException("tidings.alerts." + name, value, otherwise);
        }
    }
}
