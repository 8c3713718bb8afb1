package io.tidings.examples.appointments;

import java.time.OffsetDateTime;

/**
 * An appointment of a patient.
 *
 * @param id its number
 * @param name whom to greet
 * @param phone where to text
 * @param zone the time zone that the patient lives in, for example {@code America/New_York}
 * @param startsAt when it begins
 * @param state what is known of it
 * @param round how often it was moved or booked anew
 */
record Appointment(long id, String name, String phone, String zone, OffsetDateTime startsAt, State state, int round) {

    /** What is known of it. */
    enum State {
        /** Made; the patient has not answered. */
        BOOKED,
        /** The patient comes. */
        CONFIRMED,
        /** The patient does not come, or it was called off. */
        FREE
    }
}
