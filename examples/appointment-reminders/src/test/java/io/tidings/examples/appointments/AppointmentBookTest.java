package io.tidings.examples.appointments;

import static io.tidings.test.TidingsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.message.MessageStatus;
import io.tidings.message.Secret;
import io.tidings.outbox.Receipt;
import io.tidings.spring.test.TidingsTest;
import io.tidings.test.Sent;
import io.tidings.test.SignedWebhook;
import io.tidings.test.TestTidings;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceInitializationAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.context.annotation.Import;

/** Days in milliseconds: time is stepped, nothing leaves the process. */
@TidingsTest(properties = "spring.datasource.url=jdbc:h2:mem:${random.uuid}")
@Import({AppointmentBook.class, Replies.class})
@ImportAutoConfiguration({
    DataSourceAutoConfiguration.class,
    DataSourceInitializationAutoConfiguration.class,
    JdbcTemplateAutoConfiguration.class,
    JdbcClientAutoConfiguration.class
})
class AppointmentBookTest {
    private static int patients;

    /** Each test has a patient of its own, for they share a context and its time. */
    private final long id = ++patients;

    private final String patient = "+12025550%d".formatted(150 + id);
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final ZoneId HONOLULU = ZoneId.of("Pacific/Honolulu");

    @Autowired
    TestTidings kit;

    @Autowired
    AppointmentBook book;

    private ZonedDateTime inDays(int days, int hour, ZoneId zone) {
        return kit.time().instant().atZone(zone).plusDays(days).with(LocalTime.of(hour, 0));
    }

    private Receipt book(long id, ZonedDateTime start) {
        return book.book(id, new Booking("Ana", patient, start.getZone(), start.toOffsetDateTime()));
    }

    private List<Sent> sent() {
        return kit.sent().stream()
                .filter(each -> each.to().e164().equals(patient))
                .toList();
    }

    private void until(Instant moment) {
        kit.forward(Duration.between(kit.time().instant(), moment)).runDue();
    }

    private void answers(String text) {
        kit.tidings()
                .webhooks()
                .handle(SignedWebhook.inbound(
                                URI.create("https://tidings.example.com/inbound"),
                                "SM"
                                        + UUID.nameUUIDFromBytes((id + text).getBytes(StandardCharsets.UTF_8))
                                                .toString()
                                                .replace("-", ""),
                                patient,
                                TestTidings.SENDER,
                                text)
                        .sign(new Secret("the auth token of the fake account")));
        kit.runDue();
    }

    // tag::stepped
    @Test
    void a_patient_is_reminded_a_day_ahead() {
        ZonedDateTime start = inDays(2, 15, NEW_YORK);
        book(id, start);

        until(start.minusHours(24).minusMinutes(1).toInstant());
        assertThat(sent()).isEmpty();

        until(start.minusHours(24).plusMinutes(1).toInstant());
        assertThat(kit).sentTo(patient).times(1);
    }
    // end::stepped

    @Test
    void nobody_is_reminded_before_nine_where_they_live() {
        ZonedDateTime early = inDays(2, 7, HONOLULU);
        Receipt receipt = book(id, early);

        LocalTime leaves = LocalTime.ofInstant(receipt.sendAt(), HONOLULU);
        assertThat(leaves).isBetween(LocalTime.of(9, 0), LocalTime.of(9, 30));
        assertThat(receipt.sendAt()).isBetween(early.minusHours(24).toInstant(), early.toInstant());
        assertThat(receipt.reason()).contains("quiet hour");

        until(early.minusHours(23).toInstant());
        assertThat(sent()).isEmpty();
        until(early.toInstant());
        assertThat(kit).sentTo(patient).times(1);
    }

    @Test
    void the_text_tells_the_time_where_the_patient_lives() {
        ZonedDateTime start = inDays(2, 15, HONOLULU);
        book(id, start);
        until(start.toInstant());

        assertThat(sent()).singleElement().extracting(Sent::text).asString().contains("at 3:00 PM");
    }

    @Test
    void nobody_is_woken_for_what_begins_before_the_morning() {
        until(inDays(1, 23, NEW_YORK).toInstant());
        Receipt receipt = book(id, inDays(1, 2, NEW_YORK));
        kit.forward(Duration.ofDays(2)).runDue();

        assertThat(receipt.status()).isEqualTo(MessageStatus.EXPIRED);
        assertThat(sent()).isEmpty();
    }

    @Test
    void whoever_called_off_is_not_reminded() {
        ZonedDateTime start = inDays(2, 15, NEW_YORK);
        book(id, start);
        book.callOff(id);
        until(start.toInstant());

        assertThat(sent()).isEmpty();
    }

    @Test
    void the_same_booking_twice_is_one_reminder() {
        ZonedDateTime start = inDays(2, 15, NEW_YORK);
        assertThat(book(id, start).id()).isEqualTo(book(id, start).id());
        until(start.toInstant());

        assertThat(kit).sentTo(patient).times(1);
    }

    @Test
    void a_moved_appointment_is_reminded_of_at_its_new_time_only() {
        ZonedDateTime first = inDays(2, 15, NEW_YORK);
        ZonedDateTime later = inDays(3, 15, NEW_YORK);
        book(id, first);
        book(id, later);
        until(first.minusHours(1).toInstant());
        assertThat(sent()).isEmpty();

        until(later.toInstant());
        assertThat(kit).sentTo(patient).times(1);
    }

    @Test
    void an_appointment_that_was_called_off_and_booked_again_is_reminded_of() {
        ZonedDateTime start = inDays(2, 15, NEW_YORK);
        book(id, start);
        book.callOff(id);
        book(id, start);
        until(start.toInstant());

        assertThat(kit).sentTo(patient).times(1);
    }

    @Test
    void yes_confirms_and_no_calls_off_the_next_appointment_only() {
        ZonedDateTime soon = inDays(2, 15, NEW_YORK);
        book(id, soon);
        book(100 + id, inDays(9, 15, NEW_YORK));
        until(soon.minusHours(20).toInstant());

        answers("Yes!");
        assertThat(book.find(id)).map(Appointment::state).contains(Appointment.State.CONFIRMED);
        assertThat(book.find(100 + id)).map(Appointment::state).contains(Appointment.State.BOOKED);
        assertThat(sent()).last().extracting(Sent::text).isEqualTo("Thank you, Ana. See you then.");

        answers("no");
        assertThat(book.find(id)).map(Appointment::state).contains(Appointment.State.FREE);
        assertThat(sent()).last().extracting(Sent::text).asString().startsWith("We called it off.");
    }

    @Test
    void an_answer_without_an_appointment_and_other_words_are_answered_too() {
        answers("yes");
        assertThat(sent()).last().extracting(Sent::text).asString().contains("no appointment");
        answers("who is this");
        assertThat(sent()).last().extracting(Sent::text).asString().contains("YES or NO");
    }
}
