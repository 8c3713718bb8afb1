package io.tidings.spring.rest;

import io.tidings.egress.Network;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From where and how often a key may be used.
 *
 * @param addresses addresses and networks, like {@code 203.0.113.7} and {@code 10.0.0.0/8}; none for anywhere
 * @param requestsPerMinute the most requests a minute on each node, or {@code null} for as many as everybody may
 */
public record KeyLimits(List<String> addresses, @Nullable Integer requestsPerMinute) {
    /** From anywhere, as often as everybody may. */
    public static final KeyLimits NONE = new KeyLimits(List.of(), null);

    /** Checks them. */
    public KeyLimits {
        addresses = List.copyOf(addresses);
        Network.all(addresses);
        if (requestsPerMinute != null && requestsPerMinute < 1) {
            throw new IllegalArgumentException(
                    "a key has one request a minute at least, got " + requestsPerMinute + "; remove it instead");
        }
    }

    List<Network> networks() {
        return Network.all(addresses);
    }
}
