package io.tidings.dispatch;

import io.tidings.message.Category;
import io.tidings.message.Sender;
import io.tidings.message.TenantId;
import io.tidings.throttle.Limit;
import io.tidings.throttle.Rate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How many segments per second each sender may send, and, if a host says so, each tenant and category.
 *
 * <p>Defaults (Twilio): 1/s for a long code, 3/s for a US toll-free number, 100/s for a short code, 10/s for an
 * alphanumeric sender; 1/s for a messaging service, whose pool only the host knows: set it to the sum of its senders.
 * Immutable.
 */
public final class SenderRates {
    private static final Pattern TOLL_FREE = Pattern.compile("\\+18(00|33|44|55|66|77|88)[0-9]{7}");

    private final Map<String, Limit> set;
    private final Map<TenantId, Limit> tenants;
    private final @Nullable Limit eachTenant;
    private final Map<Category, Limit> categories;
    private final Function<TenantId, Optional<Limit>> own;

    private SenderRates(
            Map<String, Limit> set,
            Map<TenantId, Limit> tenants,
            @Nullable Limit eachTenant,
            Map<Category, Limit> categories,
            Function<TenantId, Optional<Limit>> own) {
        this.set = Map.copyOf(set);
        this.tenants = Map.copyOf(tenants);
        this.eachTenant = eachTenant;
        this.categories = Map.copyOf(categories);
        this.own = own;
    }

    /** The defaults named above. */
    public static SenderRates defaults() {
        return new SenderRates(Map.of(), Map.of(), null, Map.of(), tenant -> Optional.empty());
    }

    /** The same with this rate for each tenant that has none of its own, over all senders and nodes. */
    public SenderRates withEachTenant(Rate rate) {
        return new SenderRates(set, tenants, Limit.of(rate), categories, own);
    }

    /** The same with this rate for one tenant, over all senders and nodes. */
    public SenderRates with(TenantId tenant, Rate rate) {
        return new SenderRates(set, with(tenants, tenant, Limit.of(rate)), eachTenant, categories, own);
    }

    /** The same with this rate for one category, over all senders and nodes. */
    public SenderRates with(Category category, Rate rate) {
        return new SenderRates(set, tenants, eachTenant, with(categories, category, Limit.of(rate)), own);
    }

    /** The same with this rate for one sender; the burst is one second's worth. */
    public SenderRates with(Sender sender, Rate rate) {
        return with(sender, Limit.of(rate));
    }

    /** The same with this limit for one sender. */
    public SenderRates with(Sender sender, Limit limit) {
        return new SenderRates(with(set, sender.address(), limit), tenants, eachTenant, categories, own);
    }

    /** The same, asking each time first what a tenant has set for itself. Must be fast. */
    public SenderRates asking(Function<TenantId, Optional<Limit>> settings) {
        return new SenderRates(set, tenants, eachTenant, categories, settings);
    }

    private static <K> Map<K, Limit> with(Map<K, Limit> limits, K key, Limit limit) {
        Map<K, Limit> copy = new HashMap<>(limits);
        copy.put(key, limit);
        return copy;
    }

    /** The limit of a tenant, if it has one. */
    public Optional<Limit> of(TenantId tenant) {
        return own.apply(tenant).or(() -> Optional.ofNullable(tenants.getOrDefault(tenant, eachTenant)));
    }

    /** The limit of a category, if it has one. */
    public Optional<Limit> of(Category category) {
        return Optional.ofNullable(categories.get(category));
    }

    /** The limit of a sender. */
    public Limit of(Sender sender) {
        Limit limit = set.get(sender.address());
        return limit != null ? limit : Limit.of(Rate.perSecond(defaultRate(sender)));
    }

    /** What was set, by whom it is for: for records of what was in force. */
    public Map<String, String> summary() {
        Map<String, String> all = new TreeMap<>();
        set.forEach((sender, limit) -> all.put("rate.sender." + sender, limit.toString()));
        tenants.forEach((tenant, limit) -> all.put("rate.tenant." + tenant, limit.toString()));
        categories.forEach((category, limit) -> all.put("rate.category." + category, limit.toString()));
        if (eachTenant != null) {
            all.put("rate.each-tenant", eachTenant.toString());
        }
        return all;
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
