package io.tidings.sandbox;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was asked for, checked: the unchanging part of a message.
 *
 * @param route between whom
 * @param body the text as it is sent
 * @param media where its media lie
 * @param options the rest
 */
record Draft(Route route, String body, List<String> media, Options options) {
    Draft {
        media = List.copyOf(media);
    }

    /**
     * Between whom.
     *
     * @param direction in Twilio's words
     * @param from none when a service chooses
     * @param to the other end
     * @param service the messaging service
     */
    record Route(
            String direction,
            @Nullable String from,
            String to,
            @Nullable String service) {
        @Override
        public String toString() {
            return "Route[direction=" + direction + ", from=" + Masking.number(from) + ", to=" + Masking.number(to)
                    + ", service=" + service + "]";
        }
    }

    /**
     * How to send.
     *
     * @param callback where statuses go
     * @param validity how long it may wait
     * @param sendIn how far ahead it is scheduled
     * @param template the content template that the text comes from
     */
    record Options(
            @Nullable String callback,
            Duration validity,
            @Nullable Duration sendIn,
            @Nullable String template) {
        static final Duration LONGEST_VALIDITY = Duration.ofHours(10);
        static final Options NONE = new Options(null, LONGEST_VALIDITY, null, null);
    }

    @Override
    public String toString() {
        return "Draft[route=" + route + ", body=" + Masking.text(body) + ", media=" + media.size() + ", options="
                + options + "]";
    }

    static Draft text(Route route, String body) {
        return new Draft(route, body, List.of(), Options.NONE);
    }

    String direction() {
        return route.direction;
    }

    @Nullable
    String from() {
        return route.from;
    }

    String to() {
        return route.to;
    }

    @Nullable
    String service() {
        return route.service;
    }

    boolean isWhatsApp() {
        return Numbers.isWhatsApp(to());
    }

    /** A message with media counts as one, and WhatsApp has no segments. */
    int segments() {
        return media.isEmpty() && !isWhatsApp() ? SegmentCount.of(body) : 1;
    }
}
