package io.tidings.twilio;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidings.message.Channel;
import io.tidings.message.InvalidNumberException;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Received;
import io.tidings.message.Sender;
import io.tidings.provider.InboundListing.Page;
import io.tidings.provider.InboundListing.Query;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the received messages of a page of Twilio's message list. */
final class ReceivedJson {
    /** Between a page's number and its token. */
    static final String PAGE_AND_TOKEN = "/";

    private static final String WHATSAPP = "whatsapp:";
    /** What we hand back to Twilio as a query: its own words, of a form that cannot be anything else. */
    private static final Pattern TOKEN = Pattern.compile("[?&]PageToken=([A-Za-z0-9._~-]{1,200})(&|$)");

    private static final Pattern NUMBER = Pattern.compile("[?&]Page=([0-9]{1,9})(&|$)");

    private ReceivedJson() {}

    /** The page; empty if it cannot be understood. A message from an address that is no phone number is left out. */
    static Optional<Page> page(JsonNode tree, Query query) {
        JsonNode messages = tree.path("messages");
        if (!messages.isArray()) {
            return Optional.empty();
        }
        List<Received> received = new ArrayList<>();
        for (JsonNode node : messages) {
            Instant at = MessageJson.instant(MessageJson.text(node, "date_created"));
            if (at != null && !at.isBefore(query.from())) {
                message(node, at).ifPresent(received::add);
            }
        }
        Optional<String> next =
                isLast(messages, query) ? Optional.of("") : next(MessageJson.text(tree, "next_page_uri"));
        return next.map(page -> new Page(received, page.isEmpty() ? null : page));
    }

    /** Newest first, so nothing behind a page that ends before the wanted time matters. */
    private static boolean isLast(JsonNode messages, Query query) {
        if (messages.isEmpty()) {
            return false;
        }
        Instant end = MessageJson.instant(MessageJson.text(messages.get(messages.size() - 1), "date_created"));
        return end != null && end.isBefore(query.from());
    }

    /** Empty for what we do not understand; an empty text behind the last page. */
    static Optional<String> next(String uri) {
        if (uri.isEmpty() || uri.equals("null")) {
            return Optional.of("");
        }
        Matcher token = TOKEN.matcher(uri);
        Matcher number = NUMBER.matcher(uri);
        return token.find() && number.find()
                ? Optional.of(number.group(1) + PAGE_AND_TOKEN + token.group(1))
                : Optional.empty();
    }

    private static Optional<Received> message(JsonNode node, Instant at) {
        String sid = MessageJson.text(node, "sid");
        if (!"inbound".equals(MessageJson.text(node, "direction")) || !AnswerFields.isMessageSid(sid)) {
            return Optional.empty();
        }
        String from = MessageJson.text(node, "from");
        String to = MessageJson.text(node, "to");
        boolean whatsApp = from.startsWith(WHATSAPP);
        int media = node.path("num_media").asInt(0);
        try {
            return Optional.of(new Received(
                    sid,
                    whatsApp ? Channel.WHATSAPP : media > 0 ? Channel.MMS : Channel.SMS,
                    new PhoneNumber(bare(from)),
                    sender(bare(to)),
                    service(MessageJson.text(node, "messaging_service_sid")),
                    MessageJson.text(node, "body"),
                    List.of(),
                    Map.of("NumMedia", String.valueOf(media)),
                    node.path("num_segments").asInt(0),
                    at));
        } catch (InvalidNumberException e) {
            return Optional.empty();
        }
    }

    private static String bare(String address) {
        return address.startsWith(WHATSAPP) ? address.substring(WHATSAPP.length()) : address;
    }

    private static Sender sender(String address) {
        return address.startsWith("+") ? new Sender.Number(new PhoneNumber(address)) : new Sender.ShortCode(address);
    }

    private static Sender.@Nullable MessagingService service(String sid) {
        return sid.startsWith("MG") ? new Sender.MessagingService(sid) : null;
    }
}
