package io.tidings.spring.observe;

import io.tidings.Tidings;
import io.tidings.message.Money;
import io.tidings.message.TimeSource;
import io.tidings.provider.ProviderHealth;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether the money on the account is enough, by the newest look at it; nothing while it is unknown. */
record BalanceWatch(@Nullable Money bound, TimeSource time) {

    boolean isOn() {
        return bound != null;
    }

    Stream<TidingsAlert> of(Tidings tidings) {
        Money left = tidings.health().map(ProviderHealth.Reading::balance).orElse(null);
        return left == null ? Stream.empty() : of(left);
    }

    /** Nothing of money in another currency, which core warns of. */
    Stream<TidingsAlert> of(Money left) {
        if (bound == null || !left.currency().equals(bound.currency())) {
            return Stream.empty();
        }
        boolean low = left.amount().compareTo(bound.amount()) < 0;
        return Stream.of(new TidingsAlert.Balance(low, time.instant(), left, bound));
    }
}
