package io.tidings.examples.quickstart;

import io.tidings.message.PhoneNumber;
import java.util.Locale;

/**
 * A row that can be texted.
 *
 * @param line where it begins in the file
 * @param order the order's number: the business token by which a text is known, whoever carries it
 * @param time until when the order can be picked up
 */
record Recipient(long line, String name, PhoneNumber phone, Locale locale, String order, String time) {}
