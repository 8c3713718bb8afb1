package io.tidings.sandbox;

import java.util.List;
import java.util.Map;

/**
 * One request to the host: a status callback or an inbound message.
 *
 * @param sid the message
 * @param identity of the message: see {@link Identity}
 * @param status the status it tells
 * @param url as configured, with its fragment
 * @param parameters what it carries
 */
record Webhook(String sid, long identity, String status, String url, Map<String, List<String>> parameters) {
    private static final String INBOUND = "received";

    static Webhook of(Message message, String url, Map<String, List<String>> parameters) {
        return new Webhook(message.sid, message.identity, message.status, url, parameters);
    }

    Mishap.Target target() {
        return status.equals(INBOUND) ? Mishap.Target.INBOUND : Mishap.Target.CALLBACK;
    }
}
