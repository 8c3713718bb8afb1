package io.tidings.provider;

import static java.util.Objects.requireNonNull;

import io.tidings.message.Money;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a host that the money of its account runs out: once when the balance is first seen below the threshold, and again
 * only after it was seen at or above it. An alert that throws is tried again at the next look. Each node looks for itself.
 * Safe for use by many threads; alerts come one at a time, on the thread that looked.
 */
public final class LowBalance {
    private static final Logger log = LoggerFactory.getLogger(LowBalance.class);

    private final Money threshold;
    private final Consumer<Money> alert;
    private final Consumer<Money> recovery;
    /** Guarded by this, as is calling the alert. */
    private boolean told;

    private boolean warned;

    /**
     * Watches for a balance below that amount.
     *
     * @param threshold in the currency of the account; another currency cannot be compared, which is logged once
     * @param alert takes the balance that was seen
     */
    public LowBalance(Money threshold, Consumer<Money> alert) {
        this(threshold, alert, balance -> {});
    }

    /** The same that also tells this one, once, when a balance is first seen at or above the threshold after an alert. */
    public LowBalance(Money threshold, Consumer<Money> alert, Consumer<Money> recovery) {
        this.threshold = requireNonNull(threshold, "threshold");
        this.alert = requireNonNull(alert, "alert");
        this.recovery = requireNonNull(recovery, "recovery");
    }

    /** Whether that much is too little. */
    public boolean isLow(Money balance) {
        return balance.currency().equals(threshold.currency())
                && balance.amount().compareTo(threshold.amount()) < 0;
    }

    synchronized void seen(Money balance) {
        if (!balance.currency().equals(threshold.currency())) {
            warnOnce(balance);
        }
        boolean low = isLow(balance);
        if (low && !told) {
            log.warn("the balance of the account is {}, below {}", balance, threshold);
            told = tell(alert, balance);
        } else if (!low && told) {
            told = !tell(recovery, balance);
        }
    }

    private static boolean tell(Consumer<Money> whom, Money balance) {
        try {
            whom.accept(balance);
            return true;
        } catch (RuntimeException e) {
            log.warn(
                    "the alert about it failed and is tried again: {}",
                    e.getClass().getName());
            return false;
        }
    }

    private void warnOnce(Money balance) {
        if (!warned) {
            warned = true;
            log.warn(
                    "the account is kept in {} and the threshold in {}: set the threshold in {}, or no alert can come",
                    balance.currency(),
                    threshold.currency(),
                    balance.currency());
        }
    }
}
