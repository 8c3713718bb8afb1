package io.tidings.event;

import java.util.EnumSet;
import java.util.Set;

/** Which event it is: what rows are marked with, and what nodes listen to. Names are stored and never change. */
public enum EventKind {
    /** {@link MessageQueued}. */
    MESSAGE_QUEUED(MessageQueued.class),
    /** {@link MessageSent}. */
    MESSAGE_SENT(MessageSent.class),
    /** {@link MessageDelivered}. */
    MESSAGE_DELIVERED(MessageDelivered.class),
    /** {@link MessageRead}. */
    MESSAGE_READ(MessageRead.class),
    /** {@link MessageFailed}. */
    MESSAGE_FAILED(MessageFailed.class),
    /** {@link MessageCanceled}. */
    MESSAGE_CANCELED(MessageCanceled.class),
    /** {@link MessageReceived}. */
    MESSAGE_RECEIVED(MessageReceived.class),
    /** {@link OptedOut}. */
    OPTED_OUT(OptedOut.class),
    /** {@link OptedIn}. */
    OPTED_IN(OptedIn.class),
    /** {@link SpendLimitReached}. */
    SPEND_LIMIT_REACHED(SpendLimitReached.class);

    private final Class<? extends MessagingEvent> type;

    EventKind(Class<? extends MessagingEvent> type) {
        this.type = type;
    }

    /** The event's type. */
    public Class<? extends MessagingEvent> type() {
        return type;
    }

    /** The kinds that are of this type: one for a record, all for {@link MessagingEvent}. */
    public static Set<EventKind> of(Class<? extends MessagingEvent> type) {
        EnumSet<EventKind> kinds = EnumSet.noneOf(EventKind.class);
        for (EventKind kind : values()) {
            if (type.isAssignableFrom(kind.type)) {
                kinds.add(kind);
            }
        }
        return kinds;
    }
}
