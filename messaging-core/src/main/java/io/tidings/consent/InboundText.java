package io.tidings.consent;

import io.tidings.consent.Evidence.Route;
import io.tidings.consent.Evidence.Verbatim;
import io.tidings.message.Channel;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Sender;
import io.tidings.message.TenantId;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A message from a person, as far as it matters for consent.
 *
 * @param tenant who owns the sender that it came to
 * @param from the person
 * @param to the number or short code that it came to
 * @param service the messaging service that this belongs to, or {@code null} (Twilio: {@code MessagingServiceSid})
 * @param channel how it came
 * @param text what it says
 * @param optOutType Twilio's {@code OptOutType} (STOP, START, HELP), or {@code null} if Advanced Opt-Out is off
 * @param sid the provider's id of the message: each is heard once
 * @param at when it was sent or received
 */
public record InboundText(
        TenantId tenant,
        PhoneNumber from,
        Sender to,
        Sender.@Nullable MessagingService service,
        Channel channel,
        Verbatim text,
        @Nullable String optOutType,
        String sid,
        Instant at) {
    private static final Set<String> TYPES = Set.of("STOP", "START", "HELP");

    /** Takes an {@code OptOutType} that nobody knows for none. */
    public InboundText {
        optOutType = optOutType != null && TYPES.contains(optOutType) ? optOutType : null;
    }

    /** An SMS to a sender of the default tenant, in no messaging service. */
    public static InboundText sms(PhoneNumber from, Sender to, String text, String sid, Instant at) {
        return new InboundText(TenantId.DEFAULT, from, to, null, Channel.SMS, new Verbatim(text), null, sid, at);
    }

    /** The same for another tenant. */
    public InboundText withTenant(TenantId owner) {
        return new InboundText(owner, from, to, service, channel, text, optOutType, sid, at);
    }

    /** The same to a sender of this messaging service. */
    public InboundText withService(Sender.@Nullable MessagingService pool) {
        return new InboundText(tenant, from, to, pool, channel, text, optOutType, sid, at);
    }

    /** The same on another channel. */
    public InboundText withChannel(Channel how) {
        return new InboundText(tenant, from, to, service, how, text, optOutType, sid, at);
    }

    /** The same with Twilio's {@code OptOutType}. */
    public InboundText withOptOutType(@Nullable String type) {
        return new InboundText(tenant, from, to, service, channel, text, type, sid, at);
    }

    /** What Twilio's block is about: the messaging service, or else the number. */
    Route route() {
        return new Route(service != null ? service : to, channel);
    }
}
