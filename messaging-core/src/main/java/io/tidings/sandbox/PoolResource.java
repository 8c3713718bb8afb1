package io.tidings.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The senders of a messaging service: {@code PhoneNumbers}, {@code ShortCodes} and {@code AlphaSenders}. */
final class PoolResource {
    private final Network network;
    private final ServicesResource services;

    PoolResource(Network network, ServicesResource services) {
        this.network = network;
        this.services = services;
    }

    /** The three lists of a pool, as Twilio names them. */
    enum Part {
        PHONE_NUMBERS("PhoneNumbers", "phone_numbers", "PhoneNumberSid", "phone_number"),
        SHORT_CODES("ShortCodes", "short_codes", "ShortCodeSid", "short_code"),
        ALPHA_SENDERS("AlphaSenders", "alpha_senders", "AlphaSender", "alpha_sender");

        private final String path;
        private final String key;
        private final String parameter;
        private final String field;

        Part(String path, String key, String parameter, String field) {
            this.path = path;
            this.key = key;
            this.parameter = parameter;
            this.field = field;
        }

        static @Nullable Part of(String path) {
            for (Part part : values()) {
                if (part.path.equals(path)) {
                    return part;
                }
            }
            return null;
        }

        boolean holds(Sender sender) {
            return switch (sender.kind()) {
                case SHORT_CODE -> this == SHORT_CODES;
                case ALPHANUMERIC -> this == ALPHA_SENDERS;
                case WHATSAPP -> false;
                default -> this == PHONE_NUMBERS;
            };
        }
    }

    Answer add(Call call, String serviceSid, Part part, String base) {
        return network.locked(() -> {
            MessagingService service = services.find(call, serviceSid);
            String wanted = call.form().get(part.parameter);
            Sender sender = wanted == null
                    ? null
                    : part == Part.ALPHA_SENDERS ? network.senders.find(wanted) : network.senders.bySid(wanted);
            if (sender == null || !sender.account().isMain() || !part.holds(sender)) {
                throw new Refusal(wanted == null ? 400 : 404, wanted == null ? 20422 : 20404);
            }
            if (sender.serviceSid() != null) {
                throw new Refusal(409, sender.serviceSid().equals(service.sid) ? 21710 : 21712);
            }
            sender.serviceSid(service.sid);
            return Answer.json(201, json(service, sender, part, base));
        });
    }

    Answer list(Call call, String serviceSid, Part part, String base) {
        Page.Request request = Page.Request.of(call, 50);
        return network.locked(() -> {
            MessagingService service = services.find(call, serviceSid);
            List<Sender> all = network.senders.ofService(service.sid).stream()
                    .filter(part::holds)
                    .toList();
            Page<Sender> page = Page.of(all, request, Sender::sid, sid -> {
                Sender sender = network.senders.bySid(sid);
                return sender == null ? null : (long) all.indexOf(sender);
            });
            return Answer.json(200, page.modern(part.key, base, each -> json(service, each, part, base)));
        });
    }

    Answer fetch(Call call, String serviceSid, Part part, String base) {
        return network.locked(() ->
                Answer.json(200, json(services.find(call, serviceSid), find(call, serviceSid, part), part, base)));
    }

    Answer remove(Call call, String serviceSid, Part part) {
        network.inLock(() -> find(call, serviceSid, part).serviceSid(null));
        return Answer.empty(204);
    }

    private Sender find(Call call, String serviceSid, Part part) {
        Sender sender = network.senders.bySid(call.path().substring(call.path().lastIndexOf('/') + 1));
        if (sender == null || !part.holds(sender) || !serviceSid.equals(sender.serviceSid())) {
            throw Refusal.notFound(call.path());
        }
        return sender;
    }

    private ObjectNode json(MessagingService service, Sender sender, Part part, String base) {
        ObjectNode json = Json.object()
                .put("sid", sender.sid())
                .put("account_sid", network.accounts.main().sid())
                .put("service_sid", service.sid)
                .put("date_created", Json.iso(service.updated))
                .put("date_updated", Json.iso(service.updated))
                .put(part.field, sender.address())
                .put("url", base + "/v1/Services/" + service.sid + "/" + part.path + "/" + sender.sid());
        json.putArray("capabilities").add("SMS");
        if (part != Part.ALPHA_SENDERS) {
            json.put("country_code", sender.kind() == SenderKind.INTERNATIONAL ? null : "US");
        }
        return json;
    }
}
