package io.tidings.event;

import io.tidings.message.PhoneNumber;
import io.tidings.message.TenantId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The ledger says that a person wants messages: the host recorded it, or the number itself said so.
 *
 * @param event its number
 * @param at when it was said
 * @param tenant whose messages
 * @param number the person
 * @param topic about which topic, or {@code null} for all
 * @param source how it is known, by the names of {@code Evidence.Source}: {@code KEYWORD}, {@code HOST} and others
 */
public record OptedIn(
        long event,
        Instant at,
        TenantId tenant,
        PhoneNumber number,
        @Nullable String topic,
        String source) implements MessagingEvent {}
