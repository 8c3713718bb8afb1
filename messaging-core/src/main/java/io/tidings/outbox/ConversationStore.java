package io.tidings.outbox;

import io.tidings.message.InboundMessage;
import io.tidings.message.MessageId;
import io.tidings.message.PhoneNumber;
import io.tidings.message.TenantId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what was said between a tenant and a person, in both directions. Safe for use by many threads. */
@FunctionalInterface
public interface ConversationStore {

    /**
     * The newest entries that are older than the given one, newest first.
     *
     * @param before where the page before ended, or {@code null} for the newest
     * @param limit the most to return
     */
    List<Entry> page(TenantId tenant, PhoneNumber number, @Nullable Cursor before, int limit);

    /**
     * A place in a conversation.
     *
     * @param at the date
     * @param id the message, which decides among those of one date
     */
    record Cursor(Instant at, MessageId id) implements Comparable<Cursor> {
        private static final Comparator<Cursor> ORDER =
                Comparator.comparing(Cursor::at).thenComparing(Cursor::id);

        @Override
        public int compareTo(Cursor other) {
            return ORDER.compare(this, other);
        }
    }

    /** One message of a conversation. */
    sealed interface Entry {
        /** Where it stands; give the last one of a page to get the next. */
        Cursor cursor();

        /** From the person to us. */
        record Inbound(InboundMessage message) implements Entry {
            @Override
            public Cursor cursor() {
                return new Cursor(message.at(), message.id());
            }
        }

        /** From us to the person, by the date at which it was taken in. */
        record Outbound(MessageView message) implements Entry {
            @Override
            public Cursor cursor() {
                return new Cursor(message.stored().acceptedAt(), message.id());
            }
        }
    }
}
