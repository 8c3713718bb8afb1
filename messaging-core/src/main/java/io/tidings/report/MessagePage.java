package io.tidings.report;

import io.tidings.outbox.MessageView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of messages.
 *
 * @param messages in the order of the query
 * @param next what the query for the next page begins behind, or {@code null} if this is the last page; it holds a date
 *     and an id, may be shown and kept, and stays good while messages are added
 */
public record MessagePage(
        List<MessageView> messages, @Nullable String next) {
    /** Copies the messages. */
    public MessagePage {
        messages = List.copyOf(messages);
    }
}
