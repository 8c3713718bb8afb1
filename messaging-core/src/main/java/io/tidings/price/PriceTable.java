package io.tidings.price;

import io.tidings.message.Channel;
import io.tidings.message.Money;
import io.tidings.message.PhoneNumber;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Prices in memory. A network's prefix beats the region, the region beats the calling code. */
final class PriceTable implements PriceBook {
    private final Map<Key, TreeMap<LocalDate, Money>> lines = new HashMap<>();

    PriceTable(List<Price> prices) {
        for (Price price : prices) {
            Money before = lines.computeIfAbsent(new Key(price.channel(), price.destination()), key -> new TreeMap<>())
                    .put(price.from(), price.price());
            if (before != null && !before.equals(price.price())) {
                throw new IllegalArgumentException("two prices for " + price.channel() + " to " + price.destination()
                        + " from " + price.from() + ": " + before + " and " + price.price());
            }
        }
    }

    @Override
    public Optional<Money> unitPrice(Channel channel, PhoneNumber to, LocalDate day) {
        String callingCode = "+" + to.callingCode();
        for (int length = to.e164().length(); length > callingCode.length(); length--) {
            Money network = on(new Key(channel, to.e164().substring(0, length)), day);
            if (network != null) {
                return Optional.of(network);
            }
        }
        // The region of a number that is not valid is a guess, and a price is never one.
        Optional<String> region = to.isValid() ? to.region() : Optional.empty();
        return region.map(name -> on(new Key(channel, name), day))
                .or(() -> Optional.ofNullable(on(new Key(channel, callingCode), day)));
    }

    private @Nullable Money on(Key key, LocalDate day) {
        TreeMap<LocalDate, Money> dated = lines.get(key);
        Map.Entry<LocalDate, Money> entry = dated == null ? null : dated.floorEntry(day);
        return entry == null ? null : entry.getValue();
    }

    private record Key(Channel channel, String destination) {}
}
