package io.tidings.provider;

import io.tidings.message.AttemptId;
import io.tidings.message.Channel;
import io.tidings.message.Content;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Sender;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one attempt hands to the provider.
 *
 * @param attempt the committed intent
 * @param from the sender
 * @param to the recipient
 * @param content text or media, already rendered
 * @param callback where the provider reports, or {@code null} without a public address
 * @param validity how long the provider may hold it, or {@code null} for its default
 * @param channel how it travels; WhatsApp has addresses of its own
 */
public record Submission(
        AttemptId attempt,
        Sender from,
        PhoneNumber to,
        Content content,
        @Nullable URI callback,
        @Nullable Duration validity,
        Channel channel) {

    /** A text or media message. */
    public Submission(
            AttemptId attempt,
            Sender from,
            PhoneNumber to,
            Content content,
            @Nullable URI callback,
            @Nullable Duration validity) {
        this(attempt, from, to, content, callback, validity, Channel.SMS);
    }
}
