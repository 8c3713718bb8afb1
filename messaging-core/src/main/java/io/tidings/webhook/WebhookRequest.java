package io.tidings.webhook;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One HTTP request as it arrived, free of any web framework.
 *
 * <p>The signature covers what the provider sent, byte for byte: give the target and the body exactly as received,
 * nothing decoded. A body longer than {@link Webhooks#MAX_BODY_BYTES} may be cut after one byte more.
 *
 * @param method upper-case, for example {@code POST}
 * @param target raw path with its query, for example {@code /tidings/status/…}
 * @param headers names in any case
 * @param body raw bytes; not copied, do not change them afterwards
 */
@SuppressWarnings("ArrayRecordComponent") // passed through once, never compared
public record WebhookRequest(String method, String target, Map<String, List<String>> headers, byte[] body) {

    /** Joins headers whose names differ only by case. */
    public WebhookRequest {
        Map<String, List<String>> any = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, values) ->
                any.computeIfAbsent(name, n -> new ArrayList<>()).addAll(values));
        any.replaceAll((name, values) -> List.copyOf(values));
        headers = Collections.unmodifiableMap(any);
    }

    /** All values of a header, none if it is missing. */
    public List<String> header(String name) {
        return headers.getOrDefault(name, List.of());
    }

    /** The raw path, without the query. */
    String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    /** Leaves out everything a sender could have put in. */
    @Override
    public String toString() {
        return "WebhookRequest[" + headers.size() + " headers, " + body.length + " bytes]";
    }
}
