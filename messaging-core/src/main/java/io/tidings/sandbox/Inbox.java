package io.tidings.sandbox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes what handsets send: keywords, the stored inbound message, and the webhook of the number or service. */
final class Inbox {
    private final Network network;

    Inbox(Network network) {
        this.network = network;
    }

    /** Returns nothing when the service of the sender has switched receiving off. */
    Optional<String> receive(String from, String to, String text) {
        if (!Numbers.isValid(from)) {
            throw new IllegalArgumentException("A reply comes from a phone number in E.164, such as +12025550123");
        }
        return network.locked(() -> {
            Sender sender = network.senders.find(to);
            if (sender == null) {
                throw new IllegalArgumentException("A reply goes to one of the sandbox's senders: add this one with"
                        + " SandboxBuilder.sender(...) or use one that senders() lists");
            }
            MessagingService service = network.services.find(sender.serviceSid());
            boolean advanced = service != null && service.advancedOptOut;
            // With short codes the keywords are the customer's own business unless Advanced Opt-Out is on.
            boolean handled = advanced || sender.kind() != SenderKind.SHORT_CODE || network.settings.shortCodeKeywords;
            Keyword keyword = handled ? Keyword.of(text, sender.kind()) : null;
            if (keyword != null) {
                network.optOuts.apply(keyword, from, sender);
                autoReply(keyword, from, sender);
            }
            return store(new Incoming(from, text, sender, service, advanced ? keyword : null));
        });
    }

    private record Incoming(
            String from,
            String text,
            Sender sender,
            @Nullable MessagingService service,
            @Nullable Keyword optOutType) {
        @Nullable
        String serviceSid() {
            return service == null ? null : service.sid;
        }
    }

    private void autoReply(Keyword keyword, String to, Sender sender) {
        Draft reply =
                Draft.text(new Draft.Route("outbound-reply", sender.address(), to, null), keyword.reply(sender.kind()));
        network.carrier.start(network.messages.add(reply, "queued", network.clock.instant()), false);
    }

    private Optional<String> store(Incoming incoming) {
        MessagingService service = incoming.service;
        String url = incoming.sender.inboundUrl();
        if (service != null && !service.inboundOnNumber) {
            url = service.inboundUrl;
            if (url == null) {
                return Optional.empty();
            }
        }
        Draft draft = Draft.text(
                new Draft.Route("inbound", incoming.from, incoming.sender.address(), incoming.serviceSid()),
                incoming.text);
        Message message = network.messages.add(draft, "received", network.clock.instant());
        message.sent = message.created;
        if (url != null) {
            network.callbacks.send(
                    message.lane, Webhook.of(message, url, parameters(message, incoming)));
        }
        return Optional.of(message.sid);
    }

    private Map<String, List<String>> parameters(Message message, Incoming incoming) {
        Map<String, List<String>> form = new LinkedHashMap<>();
        for (String name : List.of("MessageSid", "SmsSid", "SmsMessageSid")) {
            form.put(name, List.of(message.sid));
        }
        form.put("SmsStatus", List.of("received"));
        form.put("AccountSid", List.of(network.account.sid()));
        form.put("From", List.of(incoming.from));
        form.put("To", List.of(message.to()));
        form.put("Body", List.of(incoming.text));
        form.put("NumMedia", List.of("0"));
        form.put("NumSegments", List.of(Integer.toString(message.segments)));
        form.put("ApiVersion", List.of("2010-04-01"));
        place(form, "From", incoming.from);
        place(form, "To", message.to());
        if (incoming.service != null) {
            form.put("MessagingServiceSid", List.of(incoming.service.sid));
        }
        if (incoming.optOutType != null) {
            form.put("OptOutType", List.of(incoming.optOutType.name()));
        }
        return form;
    }

    /** Twilio guesses the place of a number; the sandbox knows only the country behind +1. */
    private static void place(Map<String, List<String>> form, String side, String number) {
        for (String part : List.of("City", "State", "Zip")) {
            form.put(side + part, List.of(""));
        }
        form.put(side + "Country", List.of(number.startsWith("+1") ? "US" : ""));
    }
}
