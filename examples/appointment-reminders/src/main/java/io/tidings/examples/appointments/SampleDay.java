package io.tidings.examples.appointments;

import io.tidings.outbox.Receipt;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Three bookings for a first look: a reminder for now, one for the patient's morning, and one for another day. */
final class SampleDay {
    private static final DateTimeFormatter SPOKEN = DateTimeFormatter.ofPattern("EEEE d MMMM HH:mm", Locale.US);
    private static final List<ZoneId> AROUND_THE_WORLD = Stream.of(
                    "America/New_York",
                    "America/Los_Angeles",
                    "Pacific/Honolulu",
                    "Asia/Tokyo",
                    "Asia/Kolkata",
                    "Europe/Berlin",
                    "Australia/Sydney")
            .map(ZoneId::of)
            .toList();

    private final AppointmentBook book;
    private final InstantSource clock;

    SampleDay(AppointmentBook book, InstantSource clock) {
        this.book = book;
        this.clock = clock;
    }

    /** One line for each. */
    List<String> book() {
        return List.of(
                book(1, "Ana", "+12025550143", whereItIs(10, 19), Duration.ofHours(5)),
                book(2, "Ben", "+12025550144", whereItIs(0, 8), Duration.ofHours(20)),
                book(3, "Cleo", "+12025550145", whereItIs(10, 19), Duration.ofDays(7)));
    }

    private String book(long id, String name, String phone, ZoneId zone, Duration ahead) {
        Instant start = clock.instant().plus(ahead);
        Receipt receipt = book.book(id, new Booking(name, phone, zone, start.atOffset(ZoneOffset.UTC)));
        Instant leaves = receipt.sendAt();
        return "  %-4s in %-19s  expected %s, reminded %s"
                .formatted(
                        name,
                        zone,
                        SPOKEN.format(start.atZone(zone)),
                        leaves == null ? "now" : SPOKEN.format(leaves.atZone(zone)) + why(receipt));
    }

    private static String why(Receipt receipt) {
        return receipt.reason() == null ? "" : ": " + receipt.reason();
    }

    /** Somewhere on earth it is this time of day. */
    private ZoneId whereItIs(int from, int to) {
        return AROUND_THE_WORLD.stream()
                .filter(zone -> {
                    int hour = LocalTime.ofInstant(clock.instant(), zone).getHour();
                    return hour >= from && hour < to;
                })
                .findFirst()
                .orElseThrow();
    }
}
