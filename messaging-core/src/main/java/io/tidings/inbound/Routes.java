package io.tidings.inbound;

import io.tidings.message.Channel;
import io.tidings.message.InboundMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Who handles what people send: keywords in the order in which they were added, then the fallbacks in theirs; the first
 * that takes a message gets it. Commands about consent (STOP, START, HELP and their families) never come here.
 * Immutable.
 */
public final class Routes {
    /** A text with a picture is still a text. */
    private static final Set<Channel> TEXTS = Set.of(Channel.SMS, Channel.MMS);

    private static final Set<Channel> WHATSAPP = Set.of(Channel.WHATSAPP);
    private static final Set<Channel> ALL = Set.of(Channel.SMS, Channel.MMS, Channel.WHATSAPP);
    private static final Routes NONE = new Routes(List.of(), List.of());

    private final List<Route> keywords;
    private final List<Route> fallbacks;

    private Routes(List<Route> keywords, List<Route> fallbacks) {
        this.keywords = List.copyOf(keywords);
        this.fallbacks = List.copyOf(fallbacks);
    }

    /** Nobody: messages are stored, heard for consent, and shown in conversations. */
    public static Routes none() {
        return NONE;
    }

    /** SMS and MMS with this keyword. */
    public Routes onSms(Keyword keyword, InboundHandler handler) {
        return with(new Route(TEXTS, keyword, handler, false));
    }

    /** WhatsApp messages with this keyword. */
    public Routes onWhatsApp(Keyword keyword, InboundHandler handler) {
        return with(new Route(WHATSAPP, keyword, handler, false));
    }

    /** Messages of any channel with this keyword. */
    public Routes on(Keyword keyword, InboundHandler handler) {
        return with(new Route(ALL, keyword, handler, false));
    }

    /**
     * The same for SMS and MMS, answered inside the webhook's own answer: while the provider waits, untracked and unpaced.
     * The handler must be fast. If it fails, or a gate objects, the message goes the usual way.
     */
    public Routes answerNow(Keyword keyword, InboundHandler handler) {
        return with(new Route(TEXTS, keyword, handler, true));
    }

    /** Whatever has no keyword of its own, on any channel. */
    public Routes otherwise(InboundHandler handler) {
        return otherwise(handler, ALL.toArray(Channel[]::new));
    }

    /** Whatever has no keyword of its own, on these channels. */
    public Routes otherwise(InboundHandler handler, Channel... channels) {
        List<Route> more = new ArrayList<>(fallbacks);
        more.add(new Route(Set.of(channels), null, handler, false));
        return new Routes(keywords, more);
    }

    /** The same routes, each handler in the one that this makes of it. */
    public Routes around(UnaryOperator<InboundHandler> wrapping) {
        return new Routes(around(keywords, wrapping), around(fallbacks, wrapping));
    }

    private static List<Route> around(List<Route> routes, UnaryOperator<InboundHandler> wrapping) {
        return routes.stream()
                .map(each -> new Route(each.channels(), each.keyword(), wrapping.apply(each.handler()), each.now()))
                .toList();
    }

    private Routes with(Route route) {
        List<Route> more = new ArrayList<>(keywords);
        more.add(route);
        return new Routes(more, fallbacks);
    }

    Optional<Route> find(InboundMessage message) {
        return Stream.concat(keywords.stream(), fallbacks.stream())
                .filter(route -> route.takes(message))
                .findFirst();
    }

    boolean answersNow(InboundMessage message) {
        return find(message).map(Route::now).orElse(false);
    }
}
