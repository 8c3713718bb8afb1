package io.tidings.history;

import io.tidings.message.AccountId;
import io.tidings.message.MessageId;
import io.tidings.message.OutboundMessage;
import io.tidings.message.Sender;
import io.tidings.template.TemplateRef;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What never changes about a message once it is taken in.
 *
 * @param id its id
 * @param message the message, rendered
 * @param account the provider account that carries it
 * @param segments how many segments it is charged as
 * @param acceptedAt when it was taken in
 * @param expiresAt when its time-to-live ends, or {@code null}
 * @param template the text it was rendered from, or {@code null}
 * @param resendOf the message that this one repeats, or {@code null}
 */
public record StoredMessage(
        MessageId id,
        OutboundMessage message,
        AccountId account,
        int segments,
        Instant acceptedAt,
        @Nullable Instant expiresAt,
        @Nullable TemplateRef template,
        @Nullable MessageId resendOf) {

    /** Checks that the message is ready to be sent. */
    public StoredMessage {
        Objects.requireNonNull(message.from(), "a stored message has its sender");
        if (segments < 1) {
            throw new IllegalArgumentException("a message has at least one segment, got " + segments);
        }
    }

    /** The sender, which every stored message has. */
    public Sender sender() {
        return Objects.requireNonNull(message.from());
    }
}
