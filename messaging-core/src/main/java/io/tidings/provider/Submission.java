package io.tidings.provider;

import io.tidings.message.AttemptId;
import io.tidings.message.Channel;
import io.tidings.message.Content;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Sender;
import io.tidings.message.TraceParent;
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
 * @param origin what it belongs to
 */
public record Submission(
        AttemptId attempt,
        Sender from,
        PhoneNumber to,
        Content content,
        @Nullable URI callback,
        @Nullable Duration validity,
        Channel channel,
        Origin origin) {

    /** A text or media message of which nothing else is known. */
    public Submission(
            AttemptId attempt,
            Sender from,
            PhoneNumber to,
            Content content,
            @Nullable URI callback,
            @Nullable Duration validity) {
        this(attempt, from, to, content, callback, validity, Channel.SMS, Origin.UNKNOWN);
    }

    /** The same to another number. */
    public Submission withTo(PhoneNumber other) {
        return new Submission(attempt, from, other, content, callback, validity, channel, origin);
    }

    /**
     * What a message belongs to, for logs and traces: nothing of it goes to the provider.
     *
     * @param trace the span in which it was sent, or {@code null}
     * @param campaign the value of its tag {@code campaign}, or {@code null}
     * @param template the name of the template it was rendered from, or {@code null}
     */
    public record Origin(
            @Nullable TraceParent trace,
            @Nullable String campaign,
            @Nullable String template) {
        /** The tag by which a message names its campaign. */
        public static final String CAMPAIGN = "campaign";

        /** Nothing is known. */
        public static final Origin UNKNOWN = new Origin(null, null, null);
    }
}
