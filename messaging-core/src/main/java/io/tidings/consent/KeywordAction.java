package io.tidings.consent;

import io.tidings.message.OutboundMessage;
import org.jspecify.annotations.Nullable;

/**
 * What became of a message from a person in the consent ledger. Send its {@link #reply} in the same transaction; there is
 * none where the provider answers by itself.
 */
public sealed interface KeywordAction {

    /** The answer to be sent, or {@code null}. */
    @Nullable
    OutboundMessage reply();

    /** The message is no command; it is for the host's handlers. */
    record None() implements KeywordAction {
        @Override
        public @Nullable OutboundMessage reply() {
            return null;
        }
    }

    /** The message was heard before. Nothing was changed, and nothing is answered again. */
    record Repeated() implements KeywordAction {
        @Override
        public @Nullable OutboundMessage reply() {
            return null;
        }
    }

    /** The person wants no more messages. */
    record Stopped(ConsentEntry entry, @Nullable OutboundMessage reply) implements KeywordAction {}

    /** The person wants messages again. */
    record Started(ConsentEntry entry, @Nullable OutboundMessage reply) implements KeywordAction {}

    /** The person asks for help. */
    record Helped(ConsentEntry entry, @Nullable OutboundMessage reply) implements KeywordAction {}

    /** The person confirmed a double opt-in. */
    record Confirmed(ConsentEntry entry, @Nullable OutboundMessage reply) implements KeywordAction {}

    /** Calls the one function that fits, so that a new variant does not compile until it is handled. */
    default <R> R match(Cases<R> cases) {
        if (this instanceof None none) {
            return cases.none(none);
        }
        if (this instanceof Repeated repeated) {
            return cases.repeated(repeated);
        }
        if (this instanceof Stopped stopped) {
            return cases.stopped(stopped);
        }
        if (this instanceof Started started) {
            return cases.started(started);
        }
        if (this instanceof Helped helped) {
            return cases.helped(helped);
        }
        return cases.confirmed((Confirmed) this);
    }

    /** One function per variant. */
    interface Cases<R> {
        /** No command. */
        R none(None none);

        /** Heard before. */
        R repeated(Repeated repeated);

        /** No more messages. */
        R stopped(Stopped stopped);

        /** Messages again. */
        R started(Started started);

        /** Help. */
        R helped(Helped helped);

        /** Yes to a double opt-in. */
        R confirmed(Confirmed confirmed);
    }
}
