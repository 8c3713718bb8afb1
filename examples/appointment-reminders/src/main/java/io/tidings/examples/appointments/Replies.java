package io.tidings.examples.appointments;

import io.tidings.message.InboundMessage;
import io.tidings.spring.OnSms;
import org.springframework.stereotype.Component;

/** What patients write back. The word is NO, because CANCEL is one of the words that mean STOP. */
@Component
public class Replies {
    private final AppointmentBook book;

    Replies(AppointmentBook book) {
        this.book = book;
    }

    // tag::replies
    @OnSms(keyword = {"YES", "Y"})
    String yes(InboundMessage message) {
        return book.answer(message.from(), message.at(), Appointment.State.CONFIRMED)
                .map(appointment -> "Thank you, " + appointment.name() + ". See you then.")
                .orElse("We have no appointment for this number.");
    }

    @OnSms(keyword = {"NO", "N"})
    String no(InboundMessage message) {
        return book.answer(message.from(), message.at(), Appointment.State.FREE)
                .map(appointment -> "We called it off. Text us when you want another one.")
                .orElse("We have no appointment for this number.");
    }

    @OnSms
    String anythingElse() {
        return "Please answer YES or NO, or call us.";
    }
    // end::replies
}
