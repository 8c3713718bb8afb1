package io.tidings.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code /v1/Services}: messaging services themselves. */
final class ServicesResource {
    private final Network network;

    ServicesResource(Network network) {
        this.network = network;
    }

    Answer create(Call call, String base) {
        return network.locked(() -> {
            String name = friendlyName(call.form().get("FriendlyName"));
            MessagingService service = network.services.create(name, network.clock.instant());
            configure(service, call.form());
            return Answer.json(201, json(service, base));
        });
    }

    Answer list(Call call, String base) {
        Page.Request request = Page.Request.of(call, 20);
        return network.locked(() -> {
            List<MessagingService> all = network.services.all();
            Page<MessagingService> page = Page.of(all, request, each -> each.sid, sid -> {
                MessagingService service = network.services.find(sid);
                return service == null ? null : (long) all.indexOf(service);
            });
            return Answer.json(200, page.modern("services", base, each -> json(each, base)));
        });
    }

    Answer fetch(Call call, String sid, String base) {
        return network.locked(() -> Answer.json(200, json(find(call, sid), base)));
    }

    Answer update(Call call, String sid, String base) {
        return network.locked(() -> {
            MessagingService service = find(call, sid);
            configure(service, call.form());
            service.updated = network.clock.instant();
            return Answer.json(200, json(service, base));
        });
    }

    Answer delete(Call call, String sid) {
        network.inLock(() -> network.services.remove(find(call, sid)));
        return Answer.empty(204);
    }

    MessagingService find(Call call, String sid) {
        MessagingService service = network.services.find(sid);
        if (service == null) {
            throw Refusal.notFound(call.path());
        }
        return service;
    }

    private static void configure(MessagingService service, Parameters form) {
        if (form.get("FriendlyName") != null) {
            service.friendlyName = friendlyName(form.get("FriendlyName"));
        }
        if (form.raw("InboundRequestUrl") != null) {
            service.inboundUrl = url(form.get("InboundRequestUrl"), 20422);
        }
        if (form.raw("FallbackUrl") != null) {
            service.fallbackUrl = url(form.get("FallbackUrl"), 20422);
        }
        if (form.raw("StatusCallback") != null) {
            service.statusCallback = url(form.get("StatusCallback"), 21609);
        }
        int validity = form.number("ValidityPeriod", service.validity, 21624);
        if (validity < 1 || validity > 36_000) {
            throw new Refusal(400, 21624);
        }
        service.validity = validity;
        service.stickySender = form.flag("StickySender", service.stickySender);
        service.smartEncoding = form.flag("SmartEncoding", service.smartEncoding);
        service.inboundOnNumber = form.flag("UseInboundWebhookOnNumber", service.inboundOnNumber);
        String usecase = form.get("Usecase");
        service.usecase = usecase == null ? service.usecase : usecase;
    }

    private static String friendlyName(@Nullable String name) {
        if (name == null || name.length() > 64) {
            throw new Refusal(400, 20002);
        }
        return name;
    }

    private static @Nullable String url(@Nullable String url, int code) {
        if (url != null && !CreateRules.Urls.isCallback(url)) {
            throw new Refusal(400, code);
        }
        return url;
    }

    private ObjectNode json(MessagingService service, String base) {
        String url = base + "/v1/Services/" + service.sid;
        ObjectNode json = Json.object()
                .put("sid", service.sid)
                .put("account_sid", network.accounts.main().sid())
                .put("friendly_name", service.friendlyName)
                .put("date_created", Json.iso(service.created))
                .put("date_updated", Json.iso(service.updated))
                .put("inbound_request_url", service.inboundUrl)
                .put("inbound_method", "POST")
                .put("fallback_url", service.fallbackUrl)
                .put("fallback_method", "POST")
                .put("status_callback", service.statusCallback)
                .put("sticky_sender", service.stickySender)
                .put("mms_converter", true)
                .put("smart_encoding", service.smartEncoding)
                .put("scan_message_content", "inherit")
                .put("fallback_to_long_code", false)
                .put("area_code_geomatch", true)
                .put("synchronous_validation", false)
                .put("validity_period", service.validity)
                .put("usecase", service.usecase)
                .put("us_app_to_person_registered", false)
                .put("use_inbound_webhook_on_number", service.inboundOnNumber)
                .put("url", url);
        json.putObject("links")
                .put("phone_numbers", url + "/PhoneNumbers")
                .put("short_codes", url + "/ShortCodes")
                .put("alpha_senders", url + "/AlphaSenders")
                .put(
                        "messages",
                        base + "/2010-04-01/Accounts/" + network.accounts.main().sid() + "/Messages.json");
        return json;
    }
}
