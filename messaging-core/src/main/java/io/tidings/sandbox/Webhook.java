package io.tidings.sandbox;

import java.util.List;
import java.util.Map;

/**
 * One request to the host: a status callback or an inbound message.
 *
 * @param sid the message
 * @param status the status it tells
 * @param url as configured, with its fragment
 * @param parameters what it carries
 */
record Webhook(String sid, String status, String url, Map<String, List<String>> parameters) {}
