package io.tidings.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes what handsets send: keywords, the stored inbound message, and the webhook of the number or service. */
final class Inbox {
    /** Ours: Twilio names no figure for 30039. */
    private static final int MOST_ALIKE = 15;

    private static final int MOST_REDIRECTS = 10;

    private final Network network;
    private final Replies replies;
    private final Crowd loops;

    Inbox(Network network) {
        this.network = network;
        this.replies = new Replies(network);
        this.loops = new Crowd(network.clock, MOST_ALIKE);
    }

    /**
     * What a handset sends.
     *
     * @param from the handset, {@code whatsapp:} before it on that channel
     * @param to the sender
     * @param text may be empty when there are media
     * @param media where they lie
     */
    record Incoming(String from, String to, String text, List<String> media) {}

    /** Returns nothing when the service of the sender has switched receiving off. */
    Optional<String> receive(Incoming incoming) {
        if (!Numbers.isValid(Numbers.plain(incoming.from))) {
            throw new IllegalArgumentException("A reply comes from a phone number in E.164, such as +12025550123");
        }
        if (!incoming.media.stream().allMatch(CreateRules.Urls::isWeb) || incoming.media.size() > 10) {
            throw new IllegalArgumentException("A handset sends at most ten media, each by its http address");
        }
        return network.locked(() -> {
            Sender sender = network.senders.find(incoming.to);
            if (sender == null || sender.kind() == SenderKind.ALPHANUMERIC) {
                throw new IllegalArgumentException("A reply goes to one of the sandbox's senders: add this one with"
                        + " SandboxBuilder.sender(...) or use one that senders() lists; a name receives nothing");
            }
            if ((sender.kind() == SenderKind.WHATSAPP) != Numbers.isWhatsApp(incoming.from)) {
                throw new IllegalArgumentException("WhatsApp reaches only WhatsApp: write whatsapp: before both");
            }
            return Optional.ofNullable(receive(incoming, sender));
        });
    }

    private @Nullable String receive(Incoming incoming, Sender sender) {
        MessagingService service = network.services.find(sender.serviceSid());
        boolean advanced = service != null && service.advancedOptOut;
        Keyword keyword = advanced || handles(sender) ? Keyword.of(incoming.text, sender.kind()) : null;
        boolean answered = keyword != null && answers(keyword, incoming.from, sender);
        if (keyword != null) {
            network.optOuts.apply(keyword, incoming.from, sender);
        }
        if (sender.kind() == SenderKind.WHATSAPP) {
            network.sessions.heard(incoming.from, sender.address(), network.clock.instant());
        }
        boolean deaf = service != null && !service.inboundOnNumber && service.inboundUrl == null;
        Draft draft = new Draft(
                new Draft.Route("inbound", incoming.from, sender.address(), service == null ? null : service.sid),
                incoming.text,
                incoming.media,
                Draft.Options.NONE);
        Message message = network.messages.add(sender.account(), draft, "received", network.clock.instant());
        message.sent = message.created;
        message.deleted = deaf;
        if (answered && keyword != null) {
            replies.automatic(message, keyword, sender);
        }
        if (deaf) {
            return null;
        }
        Webhook.Address address = address(sender, service);
        if (loops.isTooMuch(incoming.from + " " + incoming.to + " " + incoming.text)) {
            alert(message, 30039);
        } else if (address != null) {
            forward(message, address, parameters(message, service, advanced ? keyword : null), 0);
        }
        return message.sid;
    }

    private void alert(Message message, int code) {
        network.log.write(stamp -> new LogEntry.Alert(stamp, message.sid, code));
    }

    private void forward(
            Message message, Webhook.Address address, Map<String, List<String>> parameters, int redirects) {
        network.callbacks.send(
                message.lane,
                Webhook.inbound(
                        message,
                        address,
                        parameters,
                        answer -> network.inLock(() -> replies.answer(message, answer)
                                .ifPresent(next -> redirect(message, address, parameters, next, redirects)))));
    }

    /** The next document has the same parameters; an empty address is that of the first one. */
    private void redirect(
            Message message, Webhook.Address from, Map<String, List<String>> parameters, String next, int redirects) {
        try {
            String url = URI.create(CallbackSender.signedUrl(from.url()))
                    .resolve(next)
                    .toString();
            if (redirects >= MOST_REDIRECTS) {
                alert(message, 11215);
            } else if (CreateRules.Urls.isWeb(url)) {
                forward(
                        message,
                        new Webhook.Address(next.isEmpty() ? from.url() : url, from.fallback()),
                        parameters,
                        redirects + 1);
            } else {
                alert(message, 11100);
            }
        } catch (IllegalArgumentException e) {
            alert(message, 11100);
        }
    }

    /** With short codes the keywords are the customer's own business, with WhatsApp the user blocks in the app. */
    private boolean handles(Sender sender) {
        return switch (sender.kind()) {
            case SHORT_CODE -> network.settings.shortCodeKeywords;
            case WHATSAPP -> false;
            default -> true;
        };
    }

    /** The toll-free network gives those who opted out no help. */
    private boolean answers(Keyword keyword, String from, Sender sender) {
        return keyword != Keyword.HELP
                || sender.kind() != SenderKind.TOLL_FREE
                || !network.optOuts.blocks(from, sender);
    }

    private static Webhook.@Nullable Address address(Sender sender, @Nullable MessagingService service) {
        if (service != null && !service.inboundOnNumber) {
            return service.inboundUrl == null ? null : new Webhook.Address(service.inboundUrl, service.fallbackUrl);
        }
        return sender.inboundUrl() == null ? null : new Webhook.Address(sender.inboundUrl(), sender.fallbackUrl());
    }

    private Map<String, List<String>> parameters(
            Message message, @Nullable MessagingService service, @Nullable Keyword optOutType) {
        Map<String, List<String>> form = new LinkedHashMap<>();
        String from = String.valueOf(message.draft.from());
        for (String name : List.of("MessageSid", "SmsSid", "SmsMessageSid")) {
            form.put(name, List.of(message.sid));
        }
        form.put("SmsStatus", List.of("received"));
        form.put("AccountSid", List.of(message.account.sid()));
        form.put("From", List.of(from));
        form.put("To", List.of(message.to()));
        form.put("Body", List.of(message.body));
        form.put("NumMedia", List.of(Integer.toString(message.media().size())));
        for (int i = 0; i < message.media().size(); i++) {
            form.put("MediaUrl" + i, List.of(message.media().get(i)));
            form.put(
                    "MediaContentType" + i,
                    List.of(MediaTypes.of(message.media().get(i))));
        }
        form.put("NumSegments", List.of(Integer.toString(message.segments)));
        form.put("ApiVersion", List.of("2010-04-01"));
        if (Numbers.isWhatsApp(from)) {
            whatsApp(form, Numbers.plain(from), message.media());
        } else {
            place(form, "From", from);
            place(form, "To", message.to());
        }
        if (service != null) {
            form.put("MessagingServiceSid", List.of(service.sid));
        }
        if (optOutType != null) {
            form.put("OptOutType", List.of(optOutType.name()));
        }
        return form;
    }

    private static void whatsApp(Map<String, List<String>> form, String number, List<String> media) {
        String id = number.substring(1);
        String name = "Handset " + id.substring(id.length() - 4);
        ObjectNode metadata = Json.object().put("type", "whatsapp");
        metadata.putObject("data").putObject("context").put("ProfileName", name).put("WaId", id);
        form.put("ProfileName", List.of(name));
        form.put("WaId", List.of(id));
        form.put(
                "MessageType",
                List.of(media.isEmpty() ? "text" : MediaTypes.of(media.get(0)).split("/", -1)[0]));
        form.put("ChannelMetadata", List.of(metadata.toString()));
        form.put("ReferralNumMedia", List.of("0"));
    }

    /** Twilio guesses the place of a number; the sandbox knows only the country behind +1. */
    private static void place(Map<String, List<String>> form, String side, String number) {
        for (String part : List.of("City", "State", "Zip")) {
            form.put(side + part, List.of(""));
        }
        form.put(side + "Country", List.of(number.startsWith("+1") ? "US" : ""));
    }
}
