package io.tidings.consent;

import io.tidings.message.Channel;
import io.tidings.message.Sender;
import io.tidings.message.TenantId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an opt-out or opt-in covers. Whatever is not named is covered entirely.
 *
 * @param tenant whose messages; always named
 * @param sender from this sender or messaging service, or {@code null} for all
 * @param topic about this topic, or {@code null} for all, also for messages without a topic
 * @param channel on this channel, or {@code null} for all; {@link Channel#SMS} and {@link Channel#MMS} are one (Twilio
 *     shares its block between them since March 2026)
 */
public record ConsentScope(
        TenantId tenant,
        @Nullable Sender sender,
        @Nullable String topic,
        @Nullable Channel channel) {

    /** Every message of a tenant. */
    public static ConsentScope of(TenantId tenant) {
        return new ConsentScope(tenant, null, null, null);
    }

    /** The same, from this sender or messaging service only. */
    public ConsentScope from(Sender only) {
        return new ConsentScope(tenant, only, topic, channel);
    }

    /** The same, about this topic only. */
    public ConsentScope about(String only) {
        return new ConsentScope(tenant, sender, only, channel);
    }

    /** The same, on this channel only. */
    public ConsentScope on(Channel only) {
        return new ConsentScope(tenant, sender, topic, only);
    }

    boolean covers(ConsentQuestion question) {
        return tenant.equals(question.tenant())
                && (sender == null || sender.equals(question.sender()))
                && (topic == null || topic.equals(question.topic()))
                && (channel == null || family(channel) == family(question.channel()));
    }

    static Channel family(Channel channel) {
        return channel == Channel.MMS ? Channel.SMS : channel;
    }

    /** In words that hold nothing personal. */
    String words() {
        List<String> parts = new ArrayList<>();
        if (sender != null) {
            parts.add(sender instanceof Sender.MessagingService ? "one messaging service" : "one sender");
        }
        if (topic != null) {
            parts.add("topic " + topic);
        }
        if (channel != null) {
            parts.add("channel " + channel);
        }
        return parts.isEmpty() ? "everything of the tenant" : String.join(", ", parts);
    }
}
