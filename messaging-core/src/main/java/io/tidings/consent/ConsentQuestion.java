package io.tidings.consent;

import io.tidings.message.Category;
import io.tidings.message.Channel;
import io.tidings.message.OutboundMessage;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Sender;
import io.tidings.message.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * May this person be contacted in this way?
 *
 * @param tenant for whom
 * @param number the person
 * @param category why
 * @param channel how
 * @param sender from what, or {@code null} if that is open: entries about a single sender do not count then
 * @param topic about what, or {@code null}
 */
public record ConsentQuestion(
        TenantId tenant,
        PhoneNumber number,
        Category category,
        Channel channel,
        @Nullable Sender sender,
        @Nullable String topic) {

    /** About this message. */
    public static ConsentQuestion about(OutboundMessage message) {
        return new ConsentQuestion(
                message.tenant(),
                message.to(),
                message.category(),
                message.channel(),
                message.from(),
                message.options().topic());
    }
}
