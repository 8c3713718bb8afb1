package io.tidings.outbox;

import io.tidings.history.StoredMessage;
import io.tidings.message.AccountId;
import io.tidings.message.Channel;
import io.tidings.message.Content;
import io.tidings.message.Encoding;
import io.tidings.message.MessageIds;
import io.tidings.message.Money;
import io.tidings.message.NotConfiguredException;
import io.tidings.message.OutboundMessage;
import io.tidings.message.Segments;
import io.tidings.message.Sender;
import io.tidings.message.SmartEncoding;
import io.tidings.price.PriceBook;
import io.tidings.provider.Account;
import io.tidings.provider.Accounts;
import io.tidings.template.Rendered;
import io.tidings.template.TemplateRef;
import io.tidings.template.Templates;
import io.tidings.template.WhatsAppTemplates;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes what the caller asked for ready to be stored: rendered, with its sender, counted, priced. */
public final class Preparation {
    private static final String DIGEST = "SHA-256";
    /** Only cloned: looking the algorithm up costs as much as hashing. */
    private static final MessageDigest UNUSED = lookUp();

    private final MessageIds ids;
    private final Accounts accounts;
    private final @Nullable Sender defaultSender;
    private final Templates templates;
    private final PriceBook prices;
    private final WhatsAppTemplates whatsApp;

    /**
     * Gives new messages these ids, the account of their tenant, its sender if they name none (this one if it is the house's
     * account), and texts and prices from here.
     */
    public Preparation(
            MessageIds ids, Accounts accounts, @Nullable Sender defaultSender, Templates templates, PriceBook prices) {
        this(ids, accounts, defaultSender, templates, prices, WhatsAppTemplates.none());
    }

    /** The same that also knows which templates WhatsApp approved. */
    public Preparation(
            MessageIds ids,
            Accounts accounts,
            @Nullable Sender defaultSender,
            Templates templates,
            PriceBook prices,
            WhatsAppTemplates whatsApp) {
        this.ids = ids;
        this.accounts = accounts;
        this.defaultSender = defaultSender;
        this.templates = templates;
        this.prices = prices;
        this.whatsApp = whatsApp;
    }

    private record Text(Content content, @Nullable TemplateRef template) {}

    /** Where a message leaves, and from whom if it names nobody. */
    private record Way(AccountId account, @Nullable Sender from) {}

    Prepared prepare(OutboundMessage asked, Instant now) {
        Account own = accounts.of(asked.tenant());
        return prepare(
                asked, own == null ? new Way(AccountId.DEFAULT, defaultSender) : new Way(own.id(), own.from()), now);
    }

    /** The same through this account, whichever its tenant has: the message names a sender of that account. */
    Prepared prepare(OutboundMessage asked, AccountId through, Instant now) {
        return prepare(asked, new Way(through, null), now);
    }

    private Prepared prepare(OutboundMessage asked, Way way, Instant now) {
        Text rendered = rendered(asked);
        OutboundMessage message = asked.withContent(rendered.content()).withFrom(sender(asked, way));
        Instant notBefore =
                asked.timing().notBefore() == null ? now : later(asked.timing().notBefore(), now);
        Duration life = asked.timing().expiresAfter();
        Segments segments = segments(rendered.content());
        StoredMessage stored = new StoredMessage(
                ids.next(),
                message,
                way.account(),
                charged(rendered.content(), segments),
                now,
                life == null ? null : notBefore.plus(life),
                rendered.template(),
                null);
        return prepared(stored, notBefore, segments, fingerprint(asked));
    }

    /** The same message again, as a new one. A time-to-live that is over is not taken along. */
    Prepared again(StoredMessage old, Instant now) {
        OutboundMessage message = old.message().withoutKey();
        Instant end = old.expiresAt();
        StoredMessage stored = new StoredMessage(
                ids.next(),
                message,
                old.account(),
                old.segments(),
                now,
                end == null || end.isAfter(now) ? end : null,
                old.template(),
                old.id());
        return prepared(stored, now, segments(message.content()), fingerprint(message));
    }

    private Prepared prepared(StoredMessage stored, Instant notBefore, Segments segments, String fingerprint) {
        OutboundMessage message = stored.message();
        Money cost = estimate(prices, stored, notBefore).orElse(null);
        return new Prepared(stored, notBefore, segments, cost, fingerprint, warnings(message, segments));
    }

    /** What one copy costs by the prices of the day on which the message may leave. */
    static Optional<Money> estimate(PriceBook prices, StoredMessage stored, Instant notBefore) {
        OutboundMessage message = stored.message();
        LocalDate day = LocalDate.ofInstant(notBefore, ZoneOffset.UTC);
        return prices.estimate(message.channel(), message.to(), stored.segments(), day);
    }

    private static int charged(Content content, Segments segments) {
        return content instanceof Content.Media || content instanceof Content.Approved
                ? 1
                : Math.max(1, segments.count());
    }

    private static Instant later(Instant asked, Instant now) {
        return asked.isAfter(now) ? asked : now;
    }

    private static Sender sender(OutboundMessage message, Way way) {
        Sender sender = message.from() != null ? message.from() : way.from();
        if (sender == null) {
            throw new NotConfiguredException(
                    way.account().equals(AccountId.DEFAULT)
                            ? "the message names no sender and there is no default one; call from(...) or set a default"
                                    + " sender"
                            : "the message names no sender and the account of tenant '" + message.tenant()
                                    + "' has no default one; call from(...) or give that account a sender");
        }
        return sender;
    }

    private Text rendered(OutboundMessage asked) {
        if (asked.content() instanceof Content.Templated templated) {
            Rendered rendered = templates.render(templated);
            Content content = asked.channel() == Channel.WHATSAPP
                    ? whatsApp.approved(templated, rendered.body(), rendered.template())
                            .<Content>map(approved -> approved)
                            .orElse(rendered.content())
                    : smart(asked, rendered.content());
            return new Text(content, rendered.template());
        }
        return new Text(smart(asked, asked.content()), null);
    }

    private static Content smart(OutboundMessage asked, Content content) {
        return asked.options().smartEncoding() && content instanceof Content.Text text
                ? new Content.Text(SmartEncoding.apply(text.body().text()))
                : content;
    }

    private static Segments segments(Content content) {
        return Segments.of(content.body().text());
    }

    private static List<String> warnings(OutboundMessage message, Segments segments) {
        List<String> warnings = new ArrayList<>();
        if (!message.to().isValid()) {
            warnings.add("the number is possible but belongs to no known range; it may reach nobody");
        }
        if (segments.encoding() == Encoding.UCS_2 && message.content() instanceof Content.Text) {
            warnings.add("the text needs UCS-2 (70 characters a segment instead of 160) because of "
                    + segments.forcing().size() + " character(s) outside GSM-7");
        }
        return warnings;
    }

    /** A digest of everything that makes two requests the same; times are left out because callers compute them anew. */
    private static String fingerprint(OutboundMessage asked) {
        try {
            MessageDigest digest = unused();
            add(
                    digest,
                    asked.channel().name(),
                    asked.category().name(),
                    asked.to().e164());
            add(digest, asked.from() == null ? "" : asked.from().address());
            add(digest, asked.content().match(new ContentParts()));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static MessageDigest unused() throws NoSuchAlgorithmException {
        try {
            return (MessageDigest) UNUSED.clone();
        } catch (CloneNotSupportedException e) {
            // Some security providers cannot copy one.
            return MessageDigest.getInstance(DIGEST);
        }
    }

    private static MessageDigest lookUp() {
        try {
            return MessageDigest.getInstance(DIGEST);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static void add(MessageDigest digest, String... parts) {
        for (String part : parts) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
            digest.update(bytes);
        }
    }

    private static final class ContentParts implements Content.Cases<String[]> {
        @Override
        public String[] text(Content.Text text) {
            return new String[] {"text", text.body().text()};
        }

        @Override
        public String[] media(Content.Media media) {
            List<String> parts = new ArrayList<>(List.of("media", media.body().text()));
            media.media().forEach(uri -> parts.add(uri.toString()));
            return parts.toArray(String[]::new);
        }

        @Override
        public String[] approved(Content.Approved approved) {
            List<String> parts = new ArrayList<>(
                    List.of("approved", approved.contentSid(), approved.text().text()));
            new TreeMap<>(approved.variables()).forEach((name, value) -> parts.addAll(List.of(name, value)));
            return parts.toArray(String[]::new);
        }

        @Override
        public String[] templated(Content.Templated templated) {
            List<String> parts = new ArrayList<>(List.of(
                    "template",
                    templated.name(),
                    templated.version() + "",
                    templated.locale().toString()));
            templated.variables().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(entry -> {
                        parts.add(entry.getKey());
                        parts.add(entry.getValue());
                    });
            return parts.toArray(String[]::new);
        }
    }
}
