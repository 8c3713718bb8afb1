package io.tidings.tenant;

import io.tidings.gate.SendingHours;
import io.tidings.message.Category;
import io.tidings.throttle.Rate;
import java.time.Duration;
import java.time.LocalTime;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is other for one tenant than for the rest. Immutable; what is not set is as the host configured it.
 *
 * @param rate the most segments per second over all its senders, on each node, or {@code null}
 * @param attempts how many attempts a message gets in any category, or {@code null}
 * @param hours when these categories may be sent, in the recipient's local time, in place of the host's hours for them
 * @param dailyMessages the most messages a day, in place of the host's cap for the tenant, or {@code null}
 * @param suspension why the tenant may not send, or {@code null} if it may; changed by {@link Tenants#suspend} alone
 */
public record TenantSettings(
        @Nullable Rate rate,
        @Nullable Integer attempts,
        Map<Category, SendingHours> hours,
        @Nullable Long dailyMessages,
        @Nullable Suspension suspension) {
    private static final String RATE = "rate";
    private static final String ATTEMPTS = "attempts";
    private static final String DAILY = "dailyMessages";
    private static final String HOURS = "hours.";
    private static final String SUSPENDED = "suspended";
    private static final String DELETED = "deleted";

    /** Nothing is other. */
    public static final TenantSettings NONE = new TenantSettings(null, null, Map.of(), null, null);

    /** Checks the figures and copies the hours. */
    public TenantSettings {
        if (attempts != null && (attempts < 1 || attempts > 100)) {
            throw new IllegalArgumentException("a message has 1 to 100 attempts, got " + attempts);
        }
        if (dailyMessages != null && dailyMessages < 0) {
            throw new IllegalArgumentException("a daily limit is not negative, got " + dailyMessages);
        }
        hours = Map.copyOf(hours);
    }

    /** The same with this rate. */
    public TenantSettings withRate(@Nullable Rate other) {
        return new TenantSettings(other, attempts, hours, dailyMessages, suspension);
    }

    /** The same with so many attempts. */
    public TenantSettings withAttempts(@Nullable Integer other) {
        return new TenantSettings(rate, other, hours, dailyMessages, suspension);
    }

    /** The same with these hours for a category. */
    public TenantSettings withHours(Category category, SendingHours allowed) {
        Map<Category, SendingHours> copy = new EnumMap<>(Category.class);
        copy.putAll(hours);
        copy.put(category, allowed);
        return new TenantSettings(rate, attempts, copy, dailyMessages, suspension);
    }

    /** The same with so many messages a day. */
    public TenantSettings withDailyMessages(@Nullable Long most) {
        return new TenantSettings(rate, attempts, hours, most, suspension);
    }

    /** The same, suspended or not. */
    TenantSettings withSuspension(@Nullable Suspension other) {
        return new TenantSettings(rate, attempts, hours, dailyMessages, other);
    }

    /** What is set, in words that {@link #parse} reads: for stores and for the audit trail. */
    public Map<String, String> values() {
        Map<String, String> values = new TreeMap<>();
        if (rate != null) {
            values.put(RATE, rate.permits() + " in " + rate.per());
        }
        if (attempts != null) {
            values.put(ATTEMPTS, attempts.toString());
        }
        if (dailyMessages != null) {
            values.put(DAILY, dailyMessages.toString());
        }
        if (suspension != null) {
            values.put(suspension.forGood() ? DELETED : SUSPENDED, suspension.reason());
        }
        hours.forEach((category, allowed) -> values.put(HOURS + category, allowed.from() + "-" + allowed.to()));
        return values;
    }

    /** Reads what {@link #values} wrote; names that it does not know are left out. */
    public static TenantSettings parse(Map<String, String> values) {
        TenantSettings settings = NONE;
        for (Map.Entry<String, String> entry : values.entrySet()) {
            settings = settings.with(entry.getKey(), entry.getValue());
        }
        return settings;
    }

    private TenantSettings with(String name, String value) {
        if (name.startsWith(HOURS)) {
            int dash = value.indexOf('-');
            SendingHours allowed = new SendingHours(
                    LocalTime.parse(value.substring(0, dash)), LocalTime.parse(value.substring(dash + 1)));
            return withHours(Category.valueOf(name.substring(HOURS.length())), allowed);
        }
        return switch (name) {
            case RATE -> {
                int in = value.indexOf(" in ");
                long permits = Long.parseLong(value.substring(0, in));
                yield withRate(new Rate(permits, Duration.parse(value.substring(in + 4))));
            }
            case ATTEMPTS -> withAttempts(Integer.valueOf(value));
            case SUSPENDED -> withSuspension(new Suspension(value, false));
            case DELETED -> withSuspension(new Suspension(value, true));
            case DAILY -> withDailyMessages(Long.valueOf(value));
            default -> this;
        };
    }
}
