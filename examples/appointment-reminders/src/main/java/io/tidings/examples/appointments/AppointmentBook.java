package io.tidings.examples.appointments;

import io.tidings.Tidings;
import io.tidings.message.PhoneNumber;
import io.tidings.message.TenantId;
import io.tidings.outbox.Receipt;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Books appointments and reminds of them: an appointment and its reminder come and go together. */
@Service
public class AppointmentBook {
    private static final Duration AHEAD = Duration.ofHours(24);
    private static final DateTimeFormatter SPOKEN = DateTimeFormatter.ofPattern("EEEE 'at' h:mm a", Locale.US);
    private static final String COLUMNS = "SELECT id, name, phone, zone, starts_at, state, round FROM appointments ";

    private final JdbcClient jdbc;
    private final Tidings tidings;
    private final InstantSource clock;

    /** A test steps the clock; without one it is the machine's. */
    AppointmentBook(JdbcClient jdbc, Tidings tidings, ObjectProvider<InstantSource> clock) {
        this.jdbc = jdbc;
        this.tidings = tidings;
        this.clock = clock.getIfUnique(InstantSource::system);
    }

    // tag::book
    /** Twice the same booking is one appointment with one reminder; another time takes the old reminder back. */
    @Transactional
    Receipt book(long id, Booking booking) {
        Instant start = booking.startsAt().toInstant();
        int round = round(id, start);
        jdbc.sql(
                        "MERGE INTO appointments (id, name, phone, zone, starts_at, state, round) VALUES (?, ?, ?, ?, ?, ?, ?)")
                .params(id, booking.name(), booking.phone(), booking.zone().getId())
                .params(start.atOffset(ZoneOffset.UTC), Appointment.State.BOOKED.name(), round)
                .update();
        return tidings.sms()
                .to(booking.phone())
                .template("reminder")
                .with("name", booking.name())
                .with("when", SPOKEN.format(start.atZone(booking.zone())))
                .at(start.minus(AHEAD))
                .zone(booking.zone()) // quiet hours are the patient's, wherever the number comes from
                .expiresAfter(life(start)) // nobody is reminded of what has begun
                .key("reminder-" + id + "-" + round)
                .tag("appointment", Long.toString(id))
                .send();
    }

    /** How often it was moved, or booked anew; then the reminder so far is not wanted any more. */
    private int round(long id, Instant start) {
        Optional<Appointment> known = find(id);
        if (known.isEmpty()) {
            return 0;
        }
        if (known.get().startsAt().toInstant().equals(start) && known.get().state() != Appointment.State.FREE) {
            return known.get().round();
        }
        tidings.cancelTagged(TenantId.DEFAULT, "appointment", Long.toString(id));
        return known.get().round() + 1;
    }
    // end::book

    private Duration life(Instant start) {
        Duration left = Duration.between(clock.instant(), start);
        return left.compareTo(AHEAD) < 0 ? left : AHEAD;
    }

    // tag::call-off
    /** Whoever was not reminded yet is not reminded at all. */
    @Transactional
    public void callOff(long id) {
        jdbc.sql("UPDATE appointments SET state = 'FREE' WHERE id = ?")
                .param(id)
                .update();
        tidings.cancelTagged(TenantId.DEFAULT, "appointment", Long.toString(id));
    }
    // end::call-off

    // tag::answer
    /** The next appointment of whoever answers; nothing if there is none that waits for an answer. */
    @Transactional
    Optional<Appointment> answer(PhoneNumber patient, Instant at, Appointment.State state) {
        Optional<Appointment> next = jdbc.sql(
                        COLUMNS + "WHERE phone = ? AND starts_at > ? AND state <> 'FREE' ORDER BY starts_at LIMIT 1")
                .params(patient.e164(), at.atOffset(ZoneOffset.UTC))
                .query(Appointment.class)
                .optional();
        next.ifPresent(appointment -> jdbc.sql("UPDATE appointments SET state = ? WHERE id = ?")
                .params(state.name(), appointment.id())
                .update());
        return next;
    }
    // end::answer

    @SuppressWarnings("NullAway") // a row makes an appointment, never null
    List<Appointment> all() {
        return jdbc.sql(COLUMNS + "ORDER BY starts_at").query(Appointment.class).list();
    }

    Optional<Appointment> find(long id) {
        return jdbc.sql(COLUMNS + "WHERE id = ?")
                .param(id)
                .query(Appointment.class)
                .optional();
    }
}
