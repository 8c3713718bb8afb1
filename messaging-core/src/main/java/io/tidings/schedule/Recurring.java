package io.tidings.schedule;

import io.tidings.message.OutboundMessage;
import io.tidings.message.TenantId;
import java.time.Instant;

/**
 * A message that is sent again and again.
 *
 * @param name its name, unique in its tenant: 1 to 100 letters, digits, dots, dashes or underscores
 * @param schedule when
 * @param message what, without a key and without a time of its own
 * @param state whether it goes on
 * @param next the occurrence that comes next
 */
public record Recurring(String name, Schedule schedule, OutboundMessage message, State state, Instant next) {

    /** Whether it goes on. */
    public enum State {
        /** It is sent when its time comes. */
        ACTIVE,
        /** It waits for somebody to resume it; what falls into the pause is not made up for. */
        PAUSED,
        /** It is over; its name is free. */
        CANCELLED
    }

    /** Checks the name and the message. */
    public Recurring {
        if (!name.matches("[A-Za-z0-9._-]{1,100}")) {
            throw new IllegalArgumentException(
                    "a recurring message's name has 1 to 100 letters, digits, dots, dashes or underscores");
        }
        if (message.key() != null || message.timing().notBefore() != null) {
            throw new IllegalArgumentException(
                    "a recurring message has no key and no time of its own: both follow from the occurrence");
        }
    }

    /** Whose it is. */
    public TenantId tenant() {
        return message.tenant();
    }

    /** The same in another state, with this occurrence next. */
    public Recurring in(State other, Instant occurrence) {
        return new Recurring(name, schedule, message, other, occurrence);
    }

    /** The message of the next occurrence. Its key is that of the occurrence, so many nodes make one of it. */
    public OutboundMessage occurrence() {
        return message.recurringAs("recurring/" + name + "/" + next);
    }
}
