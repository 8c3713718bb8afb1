package io.tidings.consent;

import io.tidings.message.PhoneNumber;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the consent ledger. Entries are never changed; erasing a person takes number and words out of them and
 * leaves what they say.
 *
 * @param scope what it covers
 * @param number who said it, or {@code null} after the person was erased
 * @param kind what was said
 * @param evidence how we know
 * @param at when it was said
 */
public record ConsentEntry(ConsentScope scope, @Nullable PhoneNumber number, Kind kind, Evidence evidence, Instant at) {

    /** The same after the person was erased. */
    public ConsentEntry withoutPerson() {
        return new ConsentEntry(scope, null, kind, evidence.withoutText(), at);
    }

    boolean isOptIn() {
        return kind == Kind.OPT_IN || kind == Kind.OPT_IN_CONFIRMED;
    }

    /** What a person said. */
    public enum Kind {
        /** Wants no more messages. */
        OPT_OUT,
        /** Wants messages. */
        OPT_IN,
        /** Was asked to confirm an opt-in; alone it permits nothing. */
        OPT_IN_REQUESTED,
        /** Confirmed an opt-in from the number itself. */
        OPT_IN_CONFIRMED,
        /** Asked for help; changes nothing and permits one answer. */
        HELP,
        /** Said yes where nothing waited for it; changes nothing, and keeps the same message from meaning more later. */
        NOTED
    }
}
