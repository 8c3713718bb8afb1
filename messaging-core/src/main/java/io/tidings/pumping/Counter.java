package io.tidings.pumping;

import io.tidings.message.PhoneNumber;
import io.tidings.message.TenantId;
import java.time.Duration;

/**
 * What is counted, and when it is too much.
 *
 * @param name of the counter, at most 100 characters; it may hold most of a number, so it is not printed
 * @param most how many within the window
 * @param window how long a count lasts, from its first message
 * @param coolDown how long the counter is blocked once it is too much
 * @param sample from which count on the confirmed share is looked at
 * @param leastVerified that share in percent, 0 to look at none
 */
public record Counter(String name, int most, Duration window, Duration coolDown, int sample, int leastVerified) {
    private static final int LINE_DIGITS = 4;

    /** The counter's name of a tenant's codes to the numbers around this one: all that differ in the last four digits. */
    public static String range(TenantId tenant, PhoneNumber number) {
        String digits = number.e164();
        return "range|" + tenant + "|" + digits.substring(0, digits.length() - LINE_DIGITS);
    }

    static String tenant(TenantId tenant) {
        return "tenant|" + tenant;
    }

    /** Whether one more after these is too much. */
    public boolean isTooMuch(long sent, long confirmed) {
        return sent >= most || (leastVerified > 0 && sent >= sample && confirmed * 100 < sent * leastVerified);
    }

    @Override
    public String toString() {
        return "Counter[" + name.substring(0, name.indexOf('|') + 1) + "…, most=" + most + "]";
    }
}
