package io.tidings.webhook;

import io.tidings.message.Channel;
import io.tidings.message.InvalidNumberException;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Received;
import io.tidings.message.Sender;
import io.tidings.webhook.RawCallback.Parameter;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the parameters of an inbound message. The signature has no separators ({@code A=BC} signs like {@code AB=C}), so
 * only known names with strict formats count, each at most once; the rest is kept raw and never used.
 */
final class InboundForms {
    /** More than Twilio sends; MMS have up to 10. */
    static final int MOST_MEDIA = 20;

    private static final String WHATSAPP = "whatsapp:";
    private static final Pattern ADDRESS = Pattern.compile("\\+[1-9][0-9]{6,14}");
    private static final Pattern CODE = Pattern.compile("[0-9]{3,8}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{0,5}");
    private static final Pattern ANYTHING = Pattern.compile("(?s).*");
    private static final Pattern MEDIA_URL = Pattern.compile("MediaUrl(0|[1-9][0-9]?)");
    private static final Pattern MEDIA_TYPE = Pattern.compile("[A-Za-z0-9!#$&^_.+-]{1,80}/[A-Za-z0-9!#$&^_.+-]{1,80}");
    private static final Pattern SID = Pattern.compile("(SM|MM)[0-9a-f]{32}");
    private static final Pattern FLAG = Pattern.compile("true|false");
    private static final Pattern DEGREES = Pattern.compile("-?[0-9]{1,3}(\\.[0-9]{1,20})?");

    /** What every inbound message has. */
    private static final Map<String, Pattern> NEEDED = Map.of(
            "MessageSid", SID,
            "AccountSid", Pattern.compile("AC[0-9a-f]{32}"),
            "From", ANYTHING,
            "To", ANYTHING,
            "Body", ANYTHING,
            "NumMedia", NUMBER);

    private static final Map<String, Pattern> KNOWN = Map.ofEntries(
            Map.entry("SmsSid", SID),
            Map.entry("SmsMessageSid", SID),
            Map.entry("SmsStatus", Pattern.compile("received")),
            Map.entry("MessagingServiceSid", Pattern.compile("MG[0-9a-f]{32}")),
            Map.entry("NumSegments", NUMBER),
            Map.entry("ApiVersion", Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")));
    /** Told to handlers by Twilio's names. */
    private static final Map<String, Pattern> EXTRAS = Map.ofEntries(
            Map.entry("OptOutType", Pattern.compile("STOP|START|HELP")),
            Map.entry("FromCountry", Pattern.compile("[A-Z]{0,2}")),
            Map.entry("ProfileName", ANYTHING),
            Map.entry("WaId", Pattern.compile("[0-9]{6,15}")),
            Map.entry("MessageType", Pattern.compile("[a-z_]{1,32}")),
            Map.entry("ButtonText", ANYTHING),
            Map.entry("ButtonPayload", ANYTHING),
            Map.entry("ListId", ANYTHING),
            Map.entry("ListTitle", ANYTHING),
            Map.entry("Latitude", DEGREES),
            Map.entry("Longitude", DEGREES),
            Map.entry("Address", ANYTHING),
            Map.entry("Label", ANYTHING),
            Map.entry("Forwarded", FLAG),
            Map.entry("FrequentlyForwarded", FLAG),
            Map.entry("OriginalRepliedMessageSid", SID));

    private InboundForms() {}

    /** What the form says; nothing if it is no well-formed inbound message. */
    static Optional<Received> read(RawCallback raw, Instant at) {
        Map<String, String> values = values(raw.parameters());
        if (values == null || !values.keySet().containsAll(NEEDED.keySet())) {
            return Optional.empty();
        }
        String sid = needed(values, "MessageSid");
        boolean same =
                sid.equals(values.getOrDefault("SmsSid", sid)) && sid.equals(values.getOrDefault("SmsMessageSid", sid));
        List<Received.Media> media = media(raw.parameters());
        if (!same || media == null || media.size() != number(needed(values, "NumMedia"))) {
            return Optional.empty();
        }
        try {
            return Optional.of(received(values, media, at));
        } catch (InvalidNumberException e) {
            return Optional.empty();
        }
    }

    private static String needed(Map<String, String> values, String name) {
        return Objects.requireNonNull(values.get(name));
    }

    private static Received received(Map<String, String> values, List<Received.Media> media, Instant at) {
        String from = needed(values, "From");
        String to = needed(values, "To");
        boolean whatsApp = from.startsWith(WHATSAPP);
        if (whatsApp != to.startsWith(WHATSAPP)) {
            throw new InvalidNumberException("one address is on WhatsApp, the other is not");
        }
        int start = whatsApp ? WHATSAPP.length() : 0;
        String service = values.get("MessagingServiceSid");
        Map<String, String> extras = new HashMap<>(values);
        extras.keySet().retainAll(EXTRAS.keySet());
        extras.put("NumMedia", String.valueOf(media.size()));
        return new Received(
                needed(values, "MessageSid"),
                whatsApp ? Channel.WHATSAPP : media.isEmpty() ? Channel.SMS : Channel.MMS,
                new PhoneNumber(from.substring(start)),
                sender(to.substring(start), whatsApp),
                service == null ? null : new Sender.MessagingService(service),
                needed(values, "Body"),
                media,
                extras,
                number(values.getOrDefault("NumSegments", "0")),
                at);
    }

    private static Sender sender(String address, boolean whatsApp) {
        if (!whatsApp && CODE.matcher(address).matches()) {
            return new Sender.ShortCode(address);
        }
        if (!ADDRESS.matcher(address).matches()) {
            throw new InvalidNumberException("the address that was written to is no number and no short code");
        }
        return new Sender.Number(new PhoneNumber(address));
    }

    /** The known parameters; null if one comes twice or is malformed. */
    private static @Nullable Map<String, String> values(List<Parameter> parameters) {
        Map<String, String> values = new HashMap<>();
        for (Parameter parameter : parameters) {
            Pattern format = format(parameter.name());
            if (format == null) {
                continue;
            }
            if (!format.matcher(parameter.value()).matches()
                    || values.put(parameter.name(), parameter.value()) != null) {
                return null;
            }
        }
        return values;
    }

    private static @Nullable Pattern format(String name) {
        Pattern needed = NEEDED.get(name);
        Pattern known = needed == null ? KNOWN.get(name) : needed;
        return known == null ? EXTRAS.get(name) : known;
    }

    /** All media in their order; null if there are too many or one is malformed. */
    private static @Nullable List<Received.Media> media(List<Parameter> parameters) {
        Map<String, String> types = new HashMap<>();
        Map<Integer, URI> urls = new HashMap<>();
        Set<String> seen = new HashSet<>();
        for (Parameter parameter : parameters) {
            if (!parameter.name().startsWith("Media")) {
                continue;
            }
            if (!seen.add(parameter.name())) {
                return null;
            }
            if (MEDIA_URL.matcher(parameter.name()).matches()) {
                URI url = web(parameter.value());
                if (url == null) {
                    return null;
                }
                urls.put(Integer.parseInt(parameter.name().substring("MediaUrl".length())), url);
            } else {
                types.put(parameter.name(), parameter.value());
            }
        }
        return urls.size() > MOST_MEDIA ? null : inOrder(urls, types);
    }

    private static @Nullable List<Received.Media> inOrder(Map<Integer, URI> urls, Map<String, String> types) {
        List<Received.Media> media = new ArrayList<>(urls.size());
        for (int i = 0; i < urls.size(); i++) {
            URI url = urls.get(i);
            String type = types.getOrDefault("MediaContentType" + i, "application/octet-stream");
            if (url == null || !MEDIA_TYPE.matcher(type).matches()) {
                return null;
            }
            media.add(new Received.Media(url, type));
        }
        return media;
    }

    private static @Nullable URI web(String text) {
        try {
            URI url = new URI(text);
            boolean web = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
            return web && url.getHost() != null ? url : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private static int number(String digits) {
        return digits.isEmpty() ? 0 : Integer.parseInt(digits);
    }
}
