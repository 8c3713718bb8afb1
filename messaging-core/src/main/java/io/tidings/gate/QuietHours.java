package io.tidings.gate;

import io.tidings.message.Category;
import io.tidings.message.TenantId;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;

/**
 * When each category may be sent, in the recipient's local time. Immutable.
 *
 * <p>Default: MARKETING from 8:00 to 21:00 (47 CFR 64.1200(c)(1): no telephone solicitation before 8 a.m. or after 9 p.m.
 * at the called party's location), in every country; the other categories at any time: codes and alerts because they
 * are urgent, conversation because it answers the recipient's own message. Law differs by country and state, so set the
 * hours of yours.
 */
public final class QuietHours {
    private static final Duration SPREAD = Duration.ofMinutes(30);

    private final Map<Category, SendingHours> hours;
    private final Map<String, SendingHours> countries;
    private final Duration spread;

    private QuietHours(Map<Category, SendingHours> hours, Map<String, SendingHours> countries, Duration spread) {
        this.hours = Map.copyOf(hours);
        this.countries = Map.copyOf(countries);
        this.spread = spread;
    }

    /** The defaults named above. */
    public static QuietHours defaults() {
        return none().with(Category.MARKETING, SendingHours.between(8, 21));
    }

    /** Everything may be sent at any time. */
    public static QuietHours none() {
        return new QuietHours(Map.of(), Map.of(), SPREAD);
    }

    /** The same with these hours for a category, which may be any. */
    public QuietHours with(Category category, SendingHours allowed) {
        Map<Category, SendingHours> copy = new EnumMap<>(Category.class);
        copy.putAll(hours);
        copy.put(category, allowed);
        return new QuietHours(copy, countries, spread);
    }

    /** The same with other hours for recipients in an ISO 3166 country; for the categories that have hours at all. */
    public QuietHours withCountry(String country, SendingHours allowed) {
        if (!country.matches("[A-Z]{2}")) {
            throw new IllegalArgumentException(
                    "a country is two capital letters (ISO 3166), for example US, got '" + country + "'");
        }
        Map<String, SendingHours> copy = new HashMap<>(countries);
        copy.put(country, allowed);
        return new QuietHours(hours, copy, spread);
    }

    /**
     * The same with another time over which messages that waited for the hours to begin are spread, so that they do not
     * all leave in the first minute; default 30 minutes, zero for none.
     */
    public QuietHours withSpread(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("the spread of released messages must not be negative, got " + time);
        }
        return new QuietHours(hours, countries, time);
    }

    /** Whether any category has hours. */
    public boolean isEmpty() {
        return hours.isEmpty();
    }

    Duration spread() {
        return spread;
    }

    Optional<SendingHours> of(Category category, Optional<String> country) {
        SendingHours general = hours.get(category);
        return Optional.ofNullable(
                general == null ? null : country.map(countries::get).orElse(general));
    }

    /** The gate that keeps them; it asks this for zones where the message names none. */
    public Gate gate(RecipientZones zones) {
        return gate(zones, (tenant, category) -> Optional.empty());
    }

    /** The same, asking each time first which hours a tenant has set for a category. */
    public Gate gate(RecipientZones zones, BiFunction<TenantId, Category, Optional<SendingHours>> own) {
        return new QuietHoursGate(this, zones, own);
    }

    /** The settings, in a stable order. */
    @Override
    public String toString() {
        return "QuietHours[" + new TreeMap<>(hours) + ", countries=" + new TreeMap<>(countries) + ", spread=" + spread
                + "]";
    }
}
