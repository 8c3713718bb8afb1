package io.tidings.examples.appointments;

import io.tidings.message.InvalidNumberException;
import io.tidings.outbox.Receipt;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The practice's own pages; phone numbers are not on them. */
@RestController
final class AppointmentController {
    private final AppointmentBook book;

    AppointmentController(AppointmentBook book) {
        this.book = book;
    }

    @GetMapping("/appointments")
    List<Map<String, String>> appointments() {
        return book.all().stream().map(AppointmentController::view).toList();
    }

    private static Map<String, String> view(Appointment appointment) {
        return Map.of(
                "id", Long.toString(appointment.id()),
                "name", appointment.name(),
                "startsAt", appointment.startsAt().toInstant().toString(),
                "state", appointment.state().name());
    }

    /** Says when the reminder leaves, and why then. */
    @PutMapping("/appointments/{id}")
    Map<String, String> book(@PathVariable long id, @RequestBody Booking booking) {
        Receipt receipt = book.book(id, booking);
        Map<String, String> told = new LinkedHashMap<>();
        told.put("message", receipt.id().toString());
        told.put("status", receipt.status().name());
        told.put("leavesAt", String.valueOf(receipt.sendAt()));
        told.put("reason", String.valueOf(receipt.reason()));
        return told;
    }

    @DeleteMapping("/appointments/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void callOff(@PathVariable long id) {
        book.callOff(id);
    }

    /** A number that is none, or an appointment in the past. */
    @ExceptionHandler({InvalidNumberException.class, IllegalArgumentException.class})
    @ResponseStatus(HttpStatus.BAD_REQUEST)
    Map<String, String> wrong(RuntimeException e) {
        return Map.of("problem", String.valueOf(e.getMessage()));
    }
}
