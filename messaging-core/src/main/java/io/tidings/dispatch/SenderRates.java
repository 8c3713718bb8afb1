package io.tidings.dispatch;

import io.tidings.message.Sender;
import io.tidings.throttle.Limit;
import io.tidings.throttle.Rate;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * How many segments per second each sender may send.
 *
 * <p>Defaults (Twilio): 1/s for a long code, 3/s for a US toll-free number, 100/s for a short code, 10/s for an
 * alphanumeric sender; 1/s for a messaging service, whose pool only the host knows: set it to the sum of its senders.
 * Immutable.
 */
public final class SenderRates {
    private static final Pattern TOLL_FREE = Pattern.compile("\\+18(00|33|44|55|66|77|88)[0-9]{7}");

    private final Map<String, Limit> set;

    private SenderRates(Map<String, Limit> set) {
        this.set = Map.copyOf(set);
    }

    /** The defaults named above. */
    public static SenderRates defaults() {
        return new SenderRates(Map.of());
    }

    /** The same with this rate for one sender; the burst is one second's worth. */
    public SenderRates with(Sender sender, Rate rate) {
        return with(sender, Limit.of(rate));
    }

    /** The same with this limit for one sender. */
    public SenderRates with(Sender sender, Limit limit) {
        Map<String, Limit> copy = new HashMap<>(set);
        copy.put(sender.address(), limit);
        return new SenderRates(copy);
    }

    /** The limit of a sender. */
    public Limit of(Sender sender) {
        Limit limit = set.get(sender.address());
        return limit != null ? limit : Limit.of(Rate.perSecond(defaultRate(sender)));
    }

    private static long defaultRate(Sender sender) {
        if (sender instanceof Sender.ShortCode) {
            return 100;
        }
        if (sender instanceof Sender.Alphanumeric) {
            return 10;
        }
        return sender instanceof Sender.Number
                        && TOLL_FREE.matcher(sender.address()).matches()
                ? 3
                : 1;
    }
}
