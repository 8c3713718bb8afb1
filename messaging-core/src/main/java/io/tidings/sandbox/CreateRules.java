package io.tidings.sandbox;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks the creation of a message as Twilio does, with its codes. Runs under the network's lock. */
final class CreateRules {
    private static final Duration SOONEST = Duration.ofMinutes(5);
    private static final Duration LATEST = Duration.ofDays(35);

    private final Network network;

    CreateRules(Network network) {
        this.network = network;
    }

    Draft check(Account account, Parameters form, boolean queueFull) {
        String to = required(form, "To", 21604);
        if (form.get("From") == null && form.get("MessagingServiceSid") == null) {
            throw new Refusal(400, 21603);
        }
        checkContent(form);
        MessagingService service = service(account, form.get("MessagingServiceSid"));
        if (!Numbers.isValid(Numbers.plain(to))) {
            throw new Refusal(400, to.contains(":") ? 63007 : 21211);
        }
        Content.Rendered content = content(form, service);
        Draft.Options options = options(form, service);
        Draft.Route route = new Draft.Route("outbound-api", form.get("From"), to, service == null ? null : service.sid);
        Draft draft = new Draft(route, content.body(), content.media(), options);
        checkDestination(to);
        checkOwner(account, draft.from());
        checkSender(draft, service, queueFull);
        return draft;
    }

    private static void checkContent(Parameters form) {
        String body = form.get("Body");
        List<String> media = form.all("MediaUrl");
        if (form.get("ContentSid") == null && form.get("ContentVariables") != null) {
            throw new Refusal(400, 21654);
        }
        if (body == null && media.isEmpty() && form.get("ContentSid") == null) {
            throw new Refusal(400, 21602);
        }
        if (body != null && body.length() > 1600) {
            throw new Refusal(400, 21617);
        }
        if (media.size() > 10) {
            throw new Refusal(400, 21623);
        }
        if (!media.stream().allMatch(Urls::isWeb)) {
            throw new Refusal(400, 21620);
        }
    }

    private Content.Rendered content(Parameters form, @Nullable MessagingService service) {
        String sid = form.get("ContentSid");
        if (sid != null) {
            Content content = network.contents.find(sid);
            if (content == null) {
                throw new Refusal(400, 21655);
            }
            return content.render(form.get("ContentVariables"));
        }
        String body = form.get("Body");
        boolean smart = form.flag("SmartEncoded", service != null && service.smartEncoding)
                && !Numbers.isWhatsApp(String.valueOf(form.get("To")));
        return new Content.Rendered(body == null ? "" : smart ? SmartEncoding.apply(body) : body, form.all("MediaUrl"));
    }

    private Draft.Options options(Parameters form, @Nullable MessagingService service) {
        String callback = form.get("StatusCallback");
        if (callback != null && !Urls.isCallback(callback)) {
            throw new Refusal(400, 21609);
        }
        int usual = service == null ? 36_000 : service.validity;
        int validity = form.number("ValidityPeriod", usual, 21624);
        if (validity < 1 || validity > 36_000) {
            throw new Refusal(400, 21624);
        }
        return new Draft.Options(callback, Duration.ofSeconds(validity), sendIn(form), form.get("ContentSid"));
    }

    private @Nullable Duration sendIn(Parameters form) {
        String type = form.get("ScheduleType");
        String sendAt = form.get("SendAt");
        if (type == null && sendAt == null) {
            return null;
        }
        if (type != null && !type.equals("fixed")) {
            throw new Refusal(400, 35126);
        }
        if (sendAt == null) {
            throw new Refusal(400, 35111);
        }
        if (form.get("MessagingServiceSid") == null) {
            throw new Refusal(400, 35118);
        }
        Duration ahead = Duration.between(network.clock.instant(), date(sendAt));
        if (ahead.compareTo(SOONEST) <= 0) {
            throw new Refusal(400, 35115);
        }
        if (ahead.compareTo(LATEST) > 0) {
            throw new Refusal(400, 35117);
        }
        return ahead;
    }

    private static Instant date(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new Refusal(400, 35114);
        }
    }

    private @Nullable MessagingService service(Account account, @Nullable String sid) {
        if (sid == null) {
            return null;
        }
        if (!sid.matches("MG[0-9a-fA-F]{32}")) {
            throw new Refusal(400, 21705);
        }
        MessagingService service = network.services.find(sid);
        if (service == null || !account.isMain()) {
            throw new Refusal(404, 21701);
        }
        return service;
    }

    private void checkDestination(String to) {
        if (network.settings.closedRegions.stream().anyMatch(Numbers.plain(to)::startsWith)) {
            throw new Refusal(400, 21408);
        }
        if (network.handsets.peek(to) instanceof HandsetOutcome.Rejected rejected) {
            throw new Refusal(400, rejected.code());
        }
    }

    private void checkOwner(Account account, @Nullable String from) {
        Sender sender = from == null ? null : network.senders.find(from);
        if (sender != null && sender.account() != account) {
            throw new Refusal(400, 21660);
        }
    }

    private void checkSender(Draft draft, @Nullable MessagingService service, boolean queueFull) {
        String from = draft.from();
        if (from != null) {
            checkFrom(draft, from, service, queueFull);
        } else if (service != null) {
            List<Sender> pool = network.senders.ofService(service.sid);
            if (pool.isEmpty()) {
                throw new Refusal(400, 21704);
            }
            if (pool.stream().noneMatch(each -> each.reaches(draft.to()))) {
                throw new Refusal(400, 21703);
            }
            if (network.settings.refuseOptedOutForServices && network.optOuts.blocks(draft.to(), service)) {
                throw new Refusal(400, 21610);
            }
        }
    }

    private void checkFrom(Draft draft, String from, @Nullable MessagingService service, boolean queueFull) {
        Sender sender = network.senders.find(from);
        if (sender == null) {
            throw new Refusal(400, from.contains(":") ? 63007 : isAddress(from) ? 21606 : 21212);
        }
        if (service != null && !service.sid.equals(sender.serviceSid())) {
            throw new Refusal(400, 21711);
        }
        if (draft.isWhatsApp() != (sender.kind() == SenderKind.WHATSAPP)) {
            throw new Refusal(400, draft.isWhatsApp() ? 63007 : 21910);
        }
        if (!sender.reaches(draft.to())) {
            throw new Refusal(400, 21612);
        }
        if (network.optOuts.blocks(draft.to(), sender)) {
            throw new Refusal(400, 21610);
        }
        boolean full = queueFull || !sender.queue().fits(network.clock.nanos(), draft.segments());
        if (full && service == null) {
            throw new Refusal(400, 21611);
        }
    }

    private static boolean isAddress(String from) {
        try {
            return SenderKind.of(from) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String required(Parameters form, String name, int code) {
        String value = form.get(name);
        if (value == null) {
            throw new Refusal(400, code);
        }
        return value;
    }

    /** What Twilio takes as an address on the web. */
    static final class Urls {
        private Urls() {}

        static boolean isWeb(String url) {
            try {
                URI uri = new URI(url);
                return uri.getScheme() != null && uri.getScheme().matches("(?i)https?") && uri.getHost() != null;
            } catch (URISyntaxException e) {
                return false;
            }
        }

        /** Not longer than 4000 characters, and no underscore in the host (which {@link URI} does not take for a host). */
        static boolean isCallback(String url) {
            return url.length() <= 4000
                    && isWeb(url)
                    && !URI.create(url).getHost().contains("_");
        }
    }
}
