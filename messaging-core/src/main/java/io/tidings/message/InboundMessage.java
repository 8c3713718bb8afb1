package io.tidings.message;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A message from a person, taken in: what handlers get and conversations show. Prints itself without numbers and text.
 *
 * @param id our id
 * @param tenant who owns the number that it came to
 * @param account the provider account that it came through
 * @param received what the provider reported
 */
public record InboundMessage(MessageId id, TenantId tenant, AccountId account, Received received) {

    /** Refuses {@code null}. */
    public InboundMessage {
        requireNonNull(id, "id");
        requireNonNull(tenant, "tenant");
        requireNonNull(account, "account");
        requireNonNull(received, "received");
    }

    /** The provider's id. */
    public String sid() {
        return received.sid();
    }

    /** SMS, MMS or WHATSAPP. */
    public Channel channel() {
        return received.channel();
    }

    /** The person. */
    public PhoneNumber from() {
        return received.from();
    }

    /** Our number or short code. */
    public Sender to() {
        return received.to();
    }

    /** What it says, empty for media alone. */
    public String text() {
        return received.text();
    }

    /** What came with it; never fetched by Tidings. */
    public List<Received.Media> media() {
        return received.media();
    }

    /** When the provider took it in. */
    public Instant at() {
        return received.at();
    }

    /** Another parameter of the provider by its name, for example {@code ProfileName}. Not to be trusted. */
    public Optional<String> extra(String name) {
        return Optional.ofNullable(received.extras().get(name));
    }

    /** All other parameters of the provider. Not to be trusted. */
    public Map<String, String> extras() {
        return received.extras();
    }

    /** The conversation that it belongs to. */
    public Conversation conversation() {
        return new Conversation(tenant, to(), from(), channel() == Channel.WHATSAPP);
    }
}
