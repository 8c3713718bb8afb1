package io.tidings.sandbox;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the status callbacks of messages. Called under the network's lock. */
final class StatusCallbacks {
    private static final DateTimeFormatter RECEIPT_DATE =
            DateTimeFormatter.ofPattern("yyMMddHHmm").withZone(ZoneOffset.UTC);

    private final Network network;

    StatusCallbacks(Network network) {
        this.network = network;
    }

    void tell(Message message) {
        String url = url(message);
        if (url != null) {
            network.callbacks.send(message.lane, Webhook.status(message, url, parameters(message)));
        }
    }

    @Nullable
    String url(Message message) {
        if (message.draft.options().callback() != null) {
            return message.draft.options().callback();
        }
        MessagingService service = network.services.find(message.draft.service());
        return service == null ? null : service.statusCallback;
    }

    private Map<String, List<String>> parameters(Message message) {
        Map<String, List<String>> form = new LinkedHashMap<>();
        put(form, "MessageSid", message.sid);
        put(form, "SmsSid", message.sid);
        put(form, "MessageStatus", message.status);
        put(form, "SmsStatus", message.status);
        put(form, "AccountSid", message.account.sid());
        put(form, "From", message.from);
        put(form, "To", message.to());
        put(form, "ApiVersion", "2010-04-01");
        put(form, "MessagingServiceSid", message.draft.service());
        if (message.errorCode != 0) {
            put(form, "ErrorCode", Integer.toString(message.errorCode));
            put(form, "ErrorMessage", ErrorTexts.of(message.errorCode));
        }
        if (message.status.endsWith("delivered") && !message.draft.isWhatsApp()) {
            put(form, "RawDlrDoneDate", RECEIPT_DATE.format(message.updated));
        }
        if (message.draft.isWhatsApp()) {
            channel(form, message);
        }
        return form;
    }

    private void channel(Map<String, List<String>> form, Message message) {
        Sender sender = message.from == null ? null : network.senders.find(message.from);
        put(form, "ChannelPrefix", "whatsapp");
        put(form, "ChannelInstallSid", sender == null ? null : sender.sid());
        put(form, "ChannelToAddress", message.to());
        if (message.errorCode != 0) {
            put(form, "ChannelStatusMessage", ErrorTexts.of(message.errorCode));
        }
        if (message.status.equals("read")) {
            put(form, "EventType", "READ");
        }
    }

    private static void put(Map<String, List<String>> form, String name, @Nullable String value) {
        if (value != null) {
            form.put(name, List.of(value));
        }
    }
}
