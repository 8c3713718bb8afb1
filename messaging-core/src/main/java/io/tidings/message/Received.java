package io.tidings.message;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message from a person, as the provider reported it. Prints itself without numbers, text and addresses.
 *
 * @param sid the provider's id, unique: the same message may be reported many times
 * @param channel SMS, MMS or WHATSAPP
 * @param from the person
 * @param to the number or short code of ours that it came to
 * @param service the messaging service that this belongs to, or {@code null}
 * @param text what it says, empty for media alone; as long as the provider's request, not cut
 * @param media what came with it; empty for a message that was found by listing, whose {@code NumMedia} tells how many
 * @param extras other parameters of known form by the provider's names, for example {@code OptOutType},
 *     {@code ProfileName} or {@code ButtonPayload}; written by the sender or the provider, never to be trusted
 * @param segments how many segments it was; 0 if unknown
 * @param at when the provider took it in, as far as that is known: the date of a list, the arrival of a webhook
 */
public record Received(
        String sid,
        Channel channel,
        PhoneNumber from,
        Sender to,
        Sender.@Nullable MessagingService service,
        String text,
        List<Media> media,
        Map<String, String> extras,
        int segments,
        Instant at) {

    /** Copies the collections and refuses what nobody can write to us on. */
    public Received {
        requireNonNull(from, "from");
        requireNonNull(to, "to");
        requireNonNull(at, "at");
        media = List.copyOf(media);
        extras = Map.copyOf(extras);
        if (sid.isEmpty() || channel == Channel.VOICE) {
            throw new IllegalArgumentException("a received message has the provider's id and is no call");
        }
    }

    /**
     * A file at the provider. Tidings never fetches it; whoever does must allow https to the provider's hosts only.
     *
     * @param url where it is
     * @param type its content type, for example {@code image/jpeg}, as the sender claims
     */
    public record Media(URI url, String type) {
        /** Without the address, which opens the file for anybody unless the account protects it. */
        @Override
        public String toString() {
            return "Media[***]";
        }
    }

    @Override
    public String toString() {
        return "Received[" + sid + ", " + channel + ", from " + from + " to " + to + ", " + text.length()
                + " characters, " + media.size() + " media, at " + at + "]";
    }
}
