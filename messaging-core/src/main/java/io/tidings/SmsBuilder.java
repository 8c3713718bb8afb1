package io.tidings;

import io.tidings.message.Category;
import io.tidings.message.Content;
import io.tidings.message.InvalidNumberException;
import io.tidings.message.MessageBody;
import io.tidings.message.OutboundMessage;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Sender;
import io.tidings.message.TenantId;
import io.tidings.outbox.Receipt;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Builds an {@link OutboundMessage} step by step. Not safe for use by several threads. */
public final class SmsBuilder {
    private final Tidings tidings;
    private final String homeCountry;
    private final List<Consumer<OutboundMessage.Builder>> steps = new ArrayList<>();
    private @Nullable PhoneNumber to;
    private @Nullable Content content;
    private @Nullable String template;
    private Locale locale = Locale.ENGLISH;
    private final Map<String, String> variables = new HashMap<>();

    SmsBuilder(Tidings tidings, String homeCountry) {
        this.tidings = tidings;
        this.homeCountry = homeCountry;
    }

    /** The recipient, in international form or in the national form of the home country. */
    public SmsBuilder to(String number) {
        return to(PhoneNumber.parse(number, homeCountry));
    }

    /** The recipient. */
    public SmsBuilder to(PhoneNumber number) {
        this.to = number;
        return this;
    }

    /** The sender, if not the default one. */
    public SmsBuilder from(String sender) {
        Sender parsed = Sender.parse(sender, homeCountry);
        return step(builder -> builder.from(parsed));
    }

    /** The text. Throws {@link IllegalArgumentException} if the message has media or a template. */
    public SmsBuilder text(String text) {
        return content(new Content.Text(text), Content.Text.class);
    }

    /**
     * Media with a text, which may be empty; the message becomes an MMS. Throws {@link IllegalArgumentException} if the
     * message has a text or a template of its own.
     */
    public SmsBuilder media(String text, List<URI> media) {
        return content(new Content.Media(new MessageBody(text), media), Content.Media.class);
    }

    /**
     * The template to render; give its variables with {@link #with}. Throws {@link IllegalArgumentException} if the
     * message has a text or media.
     */
    public SmsBuilder template(String name) {
        if (content != null) {
            throw contradiction(shown(content), "the template '" + name + "'");
        }
        this.template = name;
        return this;
    }

    private SmsBuilder content(Content said, Class<? extends Content> kind) {
        if (template != null) {
            throw contradiction("the template '" + template + "'", shown(said));
        }
        if (content != null && !kind.isInstance(content)) {
            throw contradiction(shown(content), shown(said));
        }
        this.content = said;
        return this;
    }

    /** The value as far as it may be shown: texts and media addresses are personal. */
    private static String shown(Content content) {
        return content instanceof Content.Text text
                ? "a text of " + text.body().text().length() + " characters"
                : ((Content.Media) content).media().size() + " media address(es)";
    }

    private static IllegalArgumentException contradiction(String one, String other) {
        return new IllegalArgumentException("the message has " + one + ", so it cannot have " + other
                + " as well; call only one of text(...), media(...) and template(...)");
    }

    /** The value of a template variable. */
    public SmsBuilder with(String variable, Object value) {
        variables.put(variable, String.valueOf(value));
        return this;
    }

    /** The language of the template; English if not set. */
    public SmsBuilder locale(Locale locale) {
        this.locale = locale;
        return this;
    }

    /** Who owns the message. */
    public SmsBuilder tenant(TenantId tenant) {
        return step(builder -> builder.tenant(tenant));
    }

    /** Why it is sent. */
    public SmsBuilder category(Category category) {
        return step(builder -> builder.category(category));
    }

    /** The idempotency key: however often this runs, one message is sent. */
    public SmsBuilder key(String key) {
        return step(builder -> builder.key(key));
    }

    /** A business name to find and cancel the message by. */
    public SmsBuilder tag(String name, String value) {
        return step(builder -> builder.tag(name, value));
    }

    /** The earliest moment it may leave. */
    public SmsBuilder at(Instant notBefore) {
        return step(builder -> builder.at(notBefore));
    }

    /** Its time-to-live. */
    public SmsBuilder expiresAfter(Duration life) {
        return step(builder -> builder.expiresAfter(life));
    }

    /** Replaces typographic characters by their GSM-7 twins before counting. */
    public SmsBuilder smartEncoding() {
        return step(OutboundMessage.Builder::smartEncoding);
    }

    /** Keeps messages with the same order key in order. */
    public SmsBuilder orderKey(String orderKey) {
        return step(builder -> builder.orderKey(orderKey));
    }

    /** Lets the same text go to the same number again within the repeat window. */
    public SmsBuilder allowRepeat() {
        return step(OutboundMessage.Builder::allowRepeat);
    }

    /** The recipient's time zone, where the host knows it: quiet hours then go by it alone. */
    public SmsBuilder zone(ZoneId zone) {
        return step(builder -> builder.zone(zone));
    }

    private SmsBuilder step(Consumer<OutboundMessage.Builder> step) {
        steps.add(step);
        return this;
    }

    /** The message as it would be sent. */
    public OutboundMessage build() {
        if (to == null) {
            throw new InvalidNumberException("the message has no recipient; call to(...)");
        }
        OutboundMessage.Builder builder = OutboundMessage.to(to);
        if (content != null) {
            builder.content(content);
        }
        if (template != null) {
            builder.content(new Content.Templated(template, null, locale, variables));
        } else if (!variables.isEmpty()) {
            throw new IllegalArgumentException(
                    "with(...) gives values to a template, but template(...) was not called");
        }
        steps.forEach(step -> step.accept(builder));
        return builder.build();
    }

    /** Stores it in the current transaction; see {@link Tidings#send}. */
    public Receipt send() {
        return tidings.send(build());
    }
}
