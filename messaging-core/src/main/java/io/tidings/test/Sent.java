package io.tidings.test;

import io.tidings.message.PhoneNumber;
import io.tidings.outbox.MessageView;
import org.jspecify.annotations.Nullable;

/**
 * One message as the other side has it, and the message of ours that it came from.
 *
 * @param to the recipient
 * @param text what it says, empty for media without a text
 * @param message ours, or {@code null} if nothing of ours fits: somebody else sent it
 */
public record Sent(PhoneNumber to, String text, @Nullable MessageView message) {

    /** Leaves number and text out. */
    @Override
    public String toString() {
        String ours = message == null
                ? "not sent through Tidings"
                : message.stored().message().category() + " " + message.status() + " " + message.id();
        return "Sent[to " + to + ", " + text.length() + " characters, " + ours + "]";
    }
}
