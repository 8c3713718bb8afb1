package io.tidings.gate;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The hours of a day in which somebody may be texted, in local time.
 *
 * @param from the first minute, inclusive
 * @param to the end, exclusive; before {@code from} for hours that run over midnight
 */
public record SendingHours(LocalTime from, LocalTime to) {
    /** Zones are at most 26 hours apart, so what is not allowed in three days never is. */
    private static final int DAYS = 3;

    /** Refuses hours without a length. */
    public SendingHours {
        if (from.equals(to)) {
            throw new IllegalArgumentException("sending hours begin and end at " + from
                    + "; leave the category out of quiet hours to send at any time");
        }
    }

    /** Full hours, from 0 to 23, for example {@code between(8, 21)}. */
    public static SendingHours between(int from, int to) {
        return new SendingHours(LocalTime.of(from, 0), LocalTime.of(to, 0));
    }

    boolean allow(Instant at, ZoneId zone) {
        LocalTime local = LocalTime.ofInstant(at, zone);
        boolean begun = !local.isBefore(from);
        boolean over = !local.isBefore(to);
        return from.isBefore(to) ? begun && !over : begun || !over;
    }

    boolean allow(Instant at, Collection<ZoneId> zones) {
        return zones.stream().allMatch(zone -> allow(at, zone));
    }

    /** The first moment from this one on that is allowed in all zones; empty if their hours never meet. */
    Optional<Instant> next(Instant now, Collection<ZoneId> zones) {
        if (allow(now, zones)) {
            return Optional.of(now);
        }
        List<Instant> openings = new ArrayList<>();
        zones.forEach(zone -> addOpenings(openings, zone, now));
        return openings.stream()
                .filter(opening -> opening.isAfter(now) && allow(opening, zones))
                .min(Instant::compareTo);
    }

    /** Every moment at which the hours can begin in a zone: the first minute of each day, and every change of its offset. */
    private void addOpenings(List<Instant> openings, ZoneId zone, Instant now) {
        ZoneRules rules = zone.getRules();
        LocalDate today = LocalDate.ofInstant(now, zone);
        for (int day = 0; day <= DAYS; day++) {
            LocalDateTime opening = today.plusDays(day).atTime(from);
            for (ZoneOffset offset : rules.getValidOffsets(opening)) {
                openings.add(opening.toInstant(offset));
            }
        }
        Instant end = now.plus(Duration.ofDays(DAYS));
        ZoneOffsetTransition change = rules.nextTransition(now);
        while (change != null && change.getInstant().isBefore(end)) {
            openings.add(change.getInstant());
            change = rules.nextTransition(change.getInstant());
        }
    }

    @Override
    public String toString() {
        return from + "-" + to;
    }
}
