package io.tidings.consent;

import io.tidings.message.PhoneNumber;
import io.tidings.message.TenantId;
import java.time.Instant;

/**
 * One entry of the consent ledger. Entries are never changed; the newest one for a number counts.
 *
 * @param tenant whose messages it is about
 * @param number who said it
 * @param kind what was said
 * @param source how we know, for example {@code host}, {@code provider error 21610}
 * @param at when
 */
public record ConsentEntry(TenantId tenant, PhoneNumber number, Kind kind, String source, Instant at) {

    /** What a person said. */
    public enum Kind {
        /** Wants no more messages. */
        OPT_OUT,
        /** Wants messages again. */
        OPT_IN
    }
}
