package io.tidings.consent;

import io.tidings.message.OutboundMessage;
import org.jspecify.annotations.Nullable;

/**
 * What became of a message from a person in the consent ledger. A {@code reply} is to be sent in the same transaction; it
 * is {@code null} where the provider answers by itself.
 */
public sealed interface KeywordAction {

    /** The message is no command; it is for the host's handlers. */
    record None() implements KeywordAction {}

    /** The message was heard before. Nothing was changed, and nothing is answered again. */
    record Repeated() implements KeywordAction {}

    /** The person wants no more messages. */
    record Stopped(ConsentEntry entry, @Nullable OutboundMessage reply) implements KeywordAction {}

    /** The person wants messages again. */
    record Started(ConsentEntry entry, @Nullable OutboundMessage reply) implements KeywordAction {}

    /** The person asks for help. */
    record Helped(ConsentEntry entry, @Nullable OutboundMessage reply) implements KeywordAction {}

    /** The person confirmed a double opt-in. */
    record Confirmed(ConsentEntry entry, @Nullable OutboundMessage reply) implements KeywordAction {}

    /** The answer to be sent, or {@code null}. */
    default @Nullable OutboundMessage answer() {
        return match(new Cases<@Nullable OutboundMessage>() {
            @Override
            public @Nullable OutboundMessage none(None none) {
                return null;
            }

            @Override
            public @Nullable OutboundMessage repeated(Repeated repeated) {
                return null;
            }

            @Override
            public @Nullable OutboundMessage stopped(Stopped stopped) {
                return stopped.reply();
            }

            @Override
            public @Nullable OutboundMessage started(Started started) {
                return started.reply();
            }

            @Override
            public @Nullable OutboundMessage helped(Helped helped) {
                return helped.reply();
            }

            @Override
            public @Nullable OutboundMessage confirmed(Confirmed confirmed) {
                return confirmed.reply();
            }
        });
    }

    /** Calls the one function that fits, so that a new variant does not compile until it is handled. */
    default <R extends @Nullable Object> R match(Cases<R> cases) {
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
    interface Cases<R extends @Nullable Object> {
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
