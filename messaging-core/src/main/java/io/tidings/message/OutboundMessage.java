package io.tidings.message;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A message to be sent: what the fluent form builds, what is stored and what tests compare.
 *
 * @param tenant who owns it; default {@link TenantId#DEFAULT}
 * @param channel default {@link Channel#SMS}, {@link Channel#MMS} for media
 * @param category default {@link Category#TRANSACTIONAL}
 * @param to the recipient
 * @param from the sender, or {@code null} for the account's default
 * @param content what it says
 * @param key the caller's idempotency key, or {@code null}: the same key and content returns the first receipt
 * @param tags business names by which the message can be found and cancelled, for example {@code order -> 42}
 * @param timing when it may leave and until when it makes sense
 * @param options the rest
 */
public record OutboundMessage(
        TenantId tenant,
        Channel channel,
        Category category,
        PhoneNumber to,
        @Nullable Sender from,
        Content content,
        @Nullable String key,
        Map<String, String> tags,
        Timing timing,
        Options options) {

    /** Checks key and tags, and that channel and content fit. */
    public OutboundMessage {
        requireNonNull(tenant, "tenant");
        requireNonNull(channel, "channel");
        requireNonNull(category, "category");
        requireNonNull(to, "to");
        requireNonNull(content, "content");
        requireNonNull(timing, "timing");
        requireNonNull(options, "options");
        tags = Map.copyOf(tags);
        if (content instanceof Content.Media && (channel == Channel.SMS || channel == Channel.VOICE)) {
            throw new InvalidContentException("the channel is " + channel
                    + " but the content is media; choose MMS or WHATSAPP, or leave the media out");
        }
        if (content instanceof Content.Approved && channel != Channel.WHATSAPP) {
            throw new InvalidContentException(
                    "the channel is " + channel + " but the content is a template of WhatsApp; choose WHATSAPP");
        }
        if (key != null) {
            Names.requirePrintable("an idempotency key", key, 255);
        }
        if (tags.size() > 10) {
            throw new IllegalArgumentException("a message has at most 10 tags, got " + tags.size());
        }
        tags.forEach((name, value) -> {
            Names.requirePlain("a tag's name", name, 64);
            Names.requirePrintable("a tag's value", value, 255);
        });
    }

    /** Without the key and the values of the tags: hosts build them from what they know of a person. */
    @Override
    public String toString() {
        return "OutboundMessage[tenant=" + tenant + ", channel=" + channel + ", category=" + category + ", to=" + to
                + ", from=" + from + ", content=" + content + ", key=" + (key == null ? "none" : "given") + ", tags="
                + new TreeSet<>(tags.keySet()) + ", timing=" + timing + ", options=" + options + "]";
    }

    /** Starts a message to this recipient. */
    public static Builder to(PhoneNumber to) {
        return new Builder(to);
    }

    /** The same message with other content. */
    public OutboundMessage withContent(Content other) {
        return new OutboundMessage(tenant, channel, category, to, from, other, key, tags, timing, options);
    }

    /** The same message from this sender. */
    public OutboundMessage withFrom(Sender sender) {
        return new OutboundMessage(tenant, channel, category, to, sender, content, key, tags, timing, options);
    }

    /** The same message, sent in this span of a trace. */
    public OutboundMessage withTrace(TraceParent span) {
        return new OutboundMessage(
                tenant, channel, category, to, from, content, key, tags, timing, options.withTrace(span));
    }

    /** The same message with this idempotency key, although its text may have gone to the same number before. */
    public OutboundMessage recurringAs(String occurrence) {
        return new OutboundMessage(
                tenant, channel, category, to, from, content, occurrence, tags, timing, options.withRepeat());
    }

    /** The same message without its idempotency key. */
    public OutboundMessage withoutKey() {
        return new OutboundMessage(tenant, channel, category, to, from, content, null, tags, timing, options);
    }

    /**
     * When a message may leave and until when it makes sense.
     *
     * @param notBefore the earliest moment, or {@code null} for at once
     * @param expiresAfter its time-to-live from {@code send()} (or from {@code notBefore}), or {@code null} for none
     */
    public record Timing(
            @Nullable Instant notBefore, @Nullable Duration expiresAfter) {
        /** At once, without an end. */
        public static final Timing NOW = new Timing(null, null);

        /** Refuses a time-to-live that is not positive. */
        public Timing {
            if (expiresAfter != null && (expiresAfter.isNegative() || expiresAfter.isZero())) {
                throw new IllegalArgumentException("a time-to-live must be positive, got " + expiresAfter);
            }
        }
    }

    /**
     * Rarely changed settings.
     *
     * @param smartEncoding whether typographic characters are replaced by their GSM-7 twins before counting; off
     * @param orderKey messages with the same key leave one after the other, or {@code null}
     * @param allowRepeat whether the same text may go to the same number again within the repeat window; off
     * @param topic what it is about, as far as people can opt out of it alone, for example {@code offers}, or {@code null}
     * @param answers the reference of the entry of the consent ledger that it answers: a confirmation of STOP, an answer
     *     to HELP, the request of a double opt-in; {@code null} for every other message
     * @param zone the recipient's time zone by the host's knowledge, for quiet hours, or {@code null}
     * @param trace the span in which it was sent, for traces that cross the queue, or {@code null}; no part of what makes
     *     two messages the same
     */
    public record Options(
            boolean smartEncoding,
            @Nullable String orderKey,
            boolean allowRepeat,
            @Nullable String topic,
            @Nullable String answers,
            @Nullable ZoneId zone,
            @Nullable TraceParent trace) {
        /** Nothing special. */
        public static final Options NONE = new Options(false, null, false);

        /** Checks order key, topic and reference. */
        public Options {
            if (orderKey != null) {
                Names.requirePrintable("an order key", orderKey, 255);
            }
            if (topic != null) {
                Names.requirePlain("a topic", topic, 64);
            }
            if (answers != null) {
                Names.requirePrintable("the reference of a consent entry", answers, 255);
            }
        }

        /** Without a topic, a zone and a trace, and no answer. */
        public Options(boolean smartEncoding, @Nullable String orderKey, boolean allowRepeat) {
            this(smartEncoding, orderKey, allowRepeat, null, null, null, null);
        }

        /** The same about this topic: 1 to 64 letters, digits or {@code . _ : @ / -}. */
        public Options withTopic(@Nullable String about) {
            return new Options(smartEncoding, orderKey, allowRepeat, about, answers, zone, trace);
        }

        /** The same as the answer to this entry of the consent ledger. */
        public Options withAnswers(@Nullable String reference) {
            return new Options(smartEncoding, orderKey, allowRepeat, topic, reference, zone, trace);
        }

        /** The same with the recipient's time zone. */
        public Options withZone(@Nullable ZoneId known) {
            return new Options(smartEncoding, orderKey, allowRepeat, topic, answers, known, trace);
        }

        /** The same, sent in this span. */
        public Options withTrace(@Nullable TraceParent span) {
            return new Options(smartEncoding, orderKey, allowRepeat, topic, answers, zone, span);
        }

        Options withSmartEncoding() {
            return new Options(true, orderKey, allowRepeat, topic, answers, zone, trace);
        }

        Options withOrderKey(String key) {
            return new Options(smartEncoding, key, allowRepeat, topic, answers, zone, trace);
        }

        Options withRepeat() {
            return new Options(smartEncoding, orderKey, true, topic, answers, zone, trace);
        }
    }

    /** Collects the parts of a message. Not safe for use by several threads. */
    public static final class Builder {
        private final PhoneNumber to;
        private TenantId tenant = TenantId.DEFAULT;
        private @Nullable Channel channel;
        private Category category = Category.TRANSACTIONAL;
        private @Nullable Sender from;
        private @Nullable Content content;
        private @Nullable String key;
        private final Map<String, String> tags = new java.util.LinkedHashMap<>();
        private @Nullable Instant notBefore;
        private @Nullable Duration expiresAfter;
        private Options options = Options.NONE;

        private Builder(PhoneNumber to) {
            this.to = to;
        }

        /** Who owns it. */
        public Builder tenant(TenantId tenant) {
            this.tenant = tenant;
            return this;
        }

        /** The channel, if it is not the one the content implies. */
        public Builder channel(Channel channel) {
            this.channel = channel;
            return this;
        }

        /** Why it is sent. */
        public Builder category(Category category) {
            this.category = category;
            return this;
        }

        /** What it is sent from. */
        public Builder from(Sender from) {
            this.from = from;
            return this;
        }

        /** A plain text. */
        public Builder text(String text) {
            return content(new Content.Text(text));
        }

        /** Any content. */
        public Builder content(Content content) {
            this.content = content;
            return this;
        }

        /** The idempotency key: 1 to 255 printable characters. */
        public Builder key(String key) {
            this.key = key;
            return this;
        }

        /** Adds a business name. */
        public Builder tag(String name, String value) {
            tags.put(name, value);
            return this;
        }

        /** The earliest moment it may leave. */
        public Builder at(Instant notBefore) {
            this.notBefore = notBefore;
            return this;
        }

        /** Its time-to-live. */
        public Builder expiresAfter(Duration expiresAfter) {
            this.expiresAfter = expiresAfter;
            return this;
        }

        /** Replaces typographic characters by their GSM-7 twins. */
        public Builder smartEncoding() {
            options = options.withSmartEncoding();
            return this;
        }

        /** Keeps messages with the same order key in order. */
        public Builder orderKey(String orderKey) {
            options = options.withOrderKey(orderKey);
            return this;
        }

        /** Lets the same text go to the same number again within the repeat window. */
        public Builder allowRepeat() {
            options = options.withRepeat();
            return this;
        }

        /** What it is about, as far as people can opt in to it or out of it alone, for example {@code offers}. */
        public Builder topic(String topic) {
            options = options.withTopic(topic);
            return this;
        }

        /**
         * The entry of the consent ledger that it answers. Such a message goes even to somebody who opted out, once;
         * {@code Consent} makes them.
         */
        public Builder answers(String reference) {
            options = options.withAnswers(reference);
            return this;
        }

        /** The recipient's time zone, where the host knows it: quiet hours then go by it alone. */
        public Builder zone(ZoneId zone) {
            options = options.withZone(zone);
            return this;
        }

        /** The span in which it is sent. */
        public Builder trace(TraceParent span) {
            options = options.withTrace(span);
            return this;
        }

        /** The message. Throws {@link InvalidContentException} if it says nothing. */
        public OutboundMessage build() {
            if (content == null) {
                throw new InvalidContentException("the message says nothing; give it a text, media or a template");
            }
            Channel implied = content instanceof Content.Media
                    ? Channel.MMS
                    : content instanceof Content.Approved ? Channel.WHATSAPP : Channel.SMS;
            return new OutboundMessage(
                    tenant,
                    channel == null ? implied : channel,
                    category,
                    to,
                    from,
                    content,
                    key,
                    tags,
                    new Timing(notBefore, expiresAfter),
                    options);
        }
    }
}
