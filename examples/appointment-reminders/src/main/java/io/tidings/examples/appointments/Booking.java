package io.tidings.examples.appointments;

import java.time.OffsetDateTime;
import java.time.ZoneId;

/**
 * What a patient asks for.
 *
 * @param name whom to greet
 * @param phone where to text
 * @param zone the time zone that the patient lives in
 * @param startsAt when it begins
 */
record Booking(String name, String phone, ZoneId zone, OffsetDateTime startsAt) {}
