package io.tidings.gate;

import io.tidings.message.Category;
import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import io.tidings.message.OutboundMessage;
import io.tidings.message.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Puts messages off that would arrive at night. The zone of the message's options counts alone; else what the host knows;
 * else what the number allows. Where several zones are possible, it must be day in all of them.
 */
final class QuietHoursGate implements Gate {
    private static final Decision ANY_TIME = new Decision.Pass("its category may be sent at any time", Map.of());

    private final QuietHours settings;
    private final RecipientZones host;
    private final BiFunction<TenantId, Category, Optional<SendingHours>> own;

    QuietHoursGate(
            QuietHours settings, RecipientZones host, BiFunction<TenantId, Category, Optional<SendingHours>> own) {
        this.own = own;
        this.settings = settings;
        this.host = host;
    }

    @Override
    public String name() {
        return "quiet-hours";
    }

    private record Zones(Set<ZoneId> zones, String source) {}

    @Override
    public Decision check(GateRequest request) {
        OutboundMessage message = request.message();
        Optional<SendingHours> hours = own.apply(message.tenant(), message.category())
                .or(() -> settings.of(message.category(), message.to().region()));
        if (hours.isEmpty()) {
            return ANY_TIME;
        }
        Zones known = zones(message);
        Map<String, String> values = new HashMap<>(
                Map.of("hours", hours.get().toString(), "zones", names(known.zones()), "zonesFrom", known.source()));
        if (known.zones().isEmpty()) {
            return new Decision.Refuse(
                    "the recipient's time zone is not known; give it with zone(...) or through RecipientZones", values);
        }
        Instant leaves = leaves(request);
        Optional<Instant> opening = hours.get().next(leaves, known.zones());
        if (opening.isEmpty()) {
            return new Decision.Refuse("no hour is allowed in all the zones the recipient may be in", values);
        }
        return opening.get().equals(leaves)
                ? new Decision.Pass("it is no quiet hour for the recipient", values)
                : later(request, opening.get(), hours.get(), known.zones(), values);
    }

    private static Instant leaves(GateRequest request) {
        Instant planned = request.message().timing().notBefore();
        return planned != null && planned.isAfter(request.now()) ? planned : request.now();
    }

    private Decision later(
            GateRequest request, Instant opening, SendingHours hours, Set<ZoneId> zones, Map<String, String> values) {
        Instant end = request.expiresAt();
        if (end != null && !opening.isBefore(end)) {
            values.put("expiresAt", end.toString());
            values.put("opening", opening.toString());
            return new Decision.Refuse(
                    MessageStatus.EXPIRED, "its time-to-live ends before the recipient's quiet hours do", values);
        }
        Instant spread = opening.plus(share(request.id(), room(opening, end)));
        Instant until = hours.allow(spread, zones) ? spread : opening;
        values.put("opening", opening.toString());
        return new Decision.Delay(until, "it is a quiet hour for the recipient", values);
    }

    private Duration room(Instant opening, @Nullable Instant end) {
        if (end == null) {
            return settings.spread();
        }
        Duration left = Duration.between(opening, end);
        return left.compareTo(settings.spread()) < 0 ? left : settings.spread();
    }

    /** The same for a message however often it is asked, and even over all messages. */
    private static Duration share(MessageId id, Duration room) {
        long mixed = (id.value().getMostSignificantBits() ^ id.value().getLeastSignificantBits()) * 0x9E3779B97F4A7C15L;
        double fraction = (mixed >>> 11) * 0x1.0p-53;
        return Duration.ofMillis((long) (fraction * room.toMillis()));
    }

    private Zones zones(OutboundMessage message) {
        ZoneId named = message.options().zone();
        if (named != null) {
            return new Zones(Set.of(named), "message");
        }
        Set<ZoneId> profile = host.zones(message.tenant(), message.to());
        return profile.isEmpty() ? new Zones(message.to().zones(), "number") : new Zones(profile, "host");
    }

    /** Three are named: a country of many zones would fill the record of every message. */
    private static String names(Set<ZoneId> zones) {
        String first = zones.stream().map(ZoneId::getId).sorted().limit(3).collect(Collectors.joining(" "));
        return zones.size() > 3 ? first + " and " + (zones.size() - 3) + " more" : first;
    }
}
