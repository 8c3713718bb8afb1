package io.tidings.event;

import java.time.Instant;

/**
 * Something that has happened, as a listener of the host is told.
 *
 * <p>It is written in the transaction of the change, so it is told if and only if the change is there; and it is told
 * until the listeners have succeeded, so sometimes more than once, each time with the same {@link #event}. Events about one
 * message, or about one person's consent, come in their order.
 */
public sealed interface MessagingEvent
        permits MessageQueued,
                MessageSent,
                MessageDelivered,
                MessageRead,
                MessageFailed,
                MessageCanceled,
                MessageReceived,
                OptedOut,
                OptedIn,
                SpendLimitReached {

    /** The number of the event, the same each time it is told; grows, with gaps. */
    long event();

    /** When it happened. */
    Instant at();
}
