package io.tidings.sandbox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One request to the host: a status callback or an inbound message.
 *
 * @param sid the message
 * @param identity of the message: see {@link Identity}
 * @param status the status it tells
 * @param address where it goes
 * @param parameters what it carries
 * @param reader who reads the answer; nobody reads that of a status callback
 */
record Webhook(
        String sid,
        long identity,
        String status,
        Address address,
        Map<String, List<String>> parameters,
        @Nullable Consumer<HttpReply> reader) {
    private static final String INBOUND = "received";
    private static final String RETRIEVAL_FAILURE = "11200";

    @Override
    public String toString() {
        return "Webhook[sid=" + sid + ", status=" + status + ", parameters=" + parameters.keySet() + "]";
    }

    /**
     * Where a webhook goes.
     *
     * @param url as configured, with its fragment
     * @param fallback called when the first one gives no good answer
     */
    record Address(String url, @Nullable String fallback) {}

    static Webhook status(Message message, String url, Map<String, List<String>> parameters) {
        return new Webhook(message.sid, message.identity, message.status, new Address(url, null), parameters, null);
    }

    static Webhook inbound(
            Message message, Address address, Map<String, List<String>> parameters, Consumer<HttpReply> reader) {
        return new Webhook(message.sid, message.identity, INBOUND, address, parameters, reader);
    }

    String accountSid() {
        return parameters.getOrDefault("AccountSid", List.of("")).get(0);
    }

    Mishap.Target target() {
        return status.equals(INBOUND) ? Mishap.Target.INBOUND : Mishap.Target.CALLBACK;
    }

    String url() {
        return address.url;
    }

    /** The same, to the second address: it is told which error the first one made. */
    @Nullable
    Webhook second() {
        if (address.fallback == null) {
            return null;
        }
        Map<String, List<String>> form = new LinkedHashMap<>(parameters);
        form.put("ErrorCode", List.of(RETRIEVAL_FAILURE));
        form.put("ErrorUrl", List.of(CallbackSender.signedUrl(address.url)));
        return new Webhook(sid, identity, status, new Address(address.fallback, null), form, reader);
    }
}
