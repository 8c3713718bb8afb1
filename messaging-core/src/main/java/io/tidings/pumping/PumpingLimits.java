package io.tidings.pumping;

import io.tidings.gate.FrequencyCap;
import io.tidings.gate.Gate;
import io.tidings.message.Category;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How many one-time codes are normal. More is taken for SMS pumping: somebody makes an application send codes to numbers
 * whose traffic pays him (Twilio: rate limits, destinations, conversion).
 *
 * @param categories what is watched; default OTP, none to switch the guard off
 * @param perRecipient codes to one number within an hour; default 10. More are refused
 * @param perRange codes of one tenant to one range, which is a number without its last four digits, within the window;
 *     default 50. The next one blocks the range for the tenant
 * @param perTenant codes of one tenant within the window; default 10,000. The next one blocks the tenant's codes
 * @param window default 10 minutes, beginning with the first code; the next one begins with the first code after its end.
 *     So the bound for any span of this length is twice the limit less one: a count may end with one window and begin again
 *     with the next. Set half of what you can bear
 * @param coolDown how long a block lasts; default 1 hour
 * @param sample from which number of codes in a window the verified share of a range is looked at; default 20
 * @param leastVerified the share of codes in percent that must be reported by {@code confirmed(…)} from then on, or
 *     the range is blocked; default 0, which is off: it makes sense only where every confirmation is reported
 */
public record PumpingLimits(
        Set<Category> categories,
        int perRecipient,
        int perRange,
        int perTenant,
        Duration window,
        Duration coolDown,
        int sample,
        int leastVerified) {
    private static final Duration RECIPIENT_WINDOW = Duration.ofHours(1);

    /** Checks the figures. */
    public PumpingLimits {
        categories = Set.copyOf(categories);
        if (perRecipient < 1 || perRange < 1 || perTenant < perRange) {
            throw new IllegalArgumentException("codes per recipient (" + perRecipient + ") and range (" + perRange
                    + ") must be positive, and those per tenant (" + perTenant + ") not fewer than per range");
        }
        if (window.isNegative() || window.isZero() || coolDown.compareTo(window) < 0) {
            throw new IllegalArgumentException("the window (" + window
                    + ") must be longer than zero and the cool-down (" + coolDown + ") not shorter");
        }
        if (sample < 1 || leastVerified < 0 || leastVerified > 100) {
            throw new IllegalArgumentException("the sample must be positive, got " + sample
                    + ", and the verified share 0 to 100 percent, got " + leastVerified);
        }
    }

    /** The defaults named above. */
    public static PumpingLimits defaults() {
        return new PumpingLimits(
                Set.of(Category.OTP), 10, 50, 10_000, Duration.ofMinutes(10), Duration.ofHours(1), 20, 0);
    }

    /** Watches nothing. */
    public static PumpingLimits off() {
        PumpingLimits d = defaults();
        return new PumpingLimits(
                Set.of(), d.perRecipient, d.perRange, d.perTenant, d.window, d.coolDown, d.sample, d.leastVerified);
    }

    /** The same with other numbers of codes per recipient and hour, and per range and tenant within the window. */
    public PumpingLimits withMost(int recipient, int range, int tenant) {
        return new PumpingLimits(categories, recipient, range, tenant, window, coolDown, sample, leastVerified);
    }

    /** The same with another window and cool-down. */
    public PumpingLimits withWindow(Duration other, Duration block) {
        return new PumpingLimits(categories, perRecipient, perRange, perTenant, other, block, sample, leastVerified);
    }

    /** The same, blocking ranges of which fewer percent than this are confirmed, once so many codes went there. */
    public PumpingLimits withLeastVerified(int percent, int afterCodes) {
        return new PumpingLimits(categories, perRecipient, perRange, perTenant, window, coolDown, afterCodes, percent);
    }

    /** The gates that keep them; none if nothing is watched. */
    public List<Gate> gates(PumpingStore store) {
        return categories.isEmpty()
                ? List.of()
                : List.of(
                        FrequencyCap.gate(
                                "code-velocity", List.of(new FrequencyCap(categories, perRecipient, RECIPIENT_WINDOW))),
                        new PumpingGuard(this, store));
    }

    /** The settings, in a stable order. */
    @Override
    public String toString() {
        return "PumpingLimits["
                + categories.stream().sorted().map(Category::name).collect(Collectors.joining(" "))
                + ", perRecipient=" + perRecipient + " in " + RECIPIENT_WINDOW + ", perRange=" + perRange
                + ", perTenant=" + perTenant + " in " + window + ", coolDown=" + coolDown + ", leastVerified="
                + leastVerified + " % of " + sample + "]";
    }
}
