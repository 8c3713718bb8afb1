package io.tidings.history;

import io.tidings.message.AttemptId;
import io.tidings.message.MessageId;
import io.tidings.message.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was seen of all attempts, and what people sent, in the reverse order of arrival: what a log of webhooks is read from.
 * It has no rows of its own and changes none. Every call looks at so many rows and no more, however few of them are wanted.
 *
 * <p>Implementations are safe for use by many threads.
 */
public interface WebhookStore {
    /** Above the place of everything seen. */
    long TOP = 999_999_999_999_999_999L;

    /** A time after that of every id. */
    Instant FAR = Instant.parse("4000-01-01T00:00:00Z");

    /** Above the id of every message that came until this time, to the millisecond, and below those that came later. */
    static MessageId after(Instant time) {
        long millis = Math.max(0, Math.min(time.toEpochMilli(), FAR.toEpochMilli()));
        return new MessageId(new UUID((millis + 1) << 16 | 0x7000, Long.MIN_VALUE));
    }

    /** What was seen of attempts, by callbacks and otherwise, below this place; none if there is none. */
    List<Seen> seenBelow(long place, int limit);

    /** Messages from people whose ids are below this one; none if there is none. */
    List<Heard> heardBelow(MessageId id, int limit);

    /**
     * Something seen of an attempt.
     *
     * @param place where it stands; grows with the arrival, with gaps
     * @param tenant whose message it is about, or {@code null} if that is gone
     * @param attempt which attempt
     * @param seen what was seen
     */
    record Seen(long place, @Nullable TenantId tenant, AttemptId attempt, Observation seen) {}

    /**
     * A message from a person.
     *
     * @param row the message and how far it has come
     * @param raw what the provider said about it, as it came; empty if it was found by listing
     */
    record Heard(InboundRow row, Map<String, String> raw) {

        /** Copies the parameters. */
        public Heard {
            raw = Map.copyOf(raw);
        }

        /** When it arrived here, to the millisecond, as its id tells. */
        public Instant arrivedAt() {
            return Instant.ofEpochMilli(row.message().id().value().getMostSignificantBits() >>> 16);
        }

        /** Prints no parameter values: they hold numbers and texts. */
        @Override
        public String toString() {
            return "Heard[" + row.message().id() + ", " + row.state() + ", raw=" + raw.keySet() + "]";
        }
    }
}
