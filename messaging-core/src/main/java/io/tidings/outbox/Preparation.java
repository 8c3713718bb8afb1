package io.tidings.outbox;

import io.tidings.history.StoredMessage;
import io.tidings.message.AccountId;
import io.tidings.message.Content;
import io.tidings.message.Encoding;
import io.tidings.message.InvalidContentException;
import io.tidings.message.MessageBody;
import io.tidings.message.MessageIds;
import io.tidings.message.NotConfiguredException;
import io.tidings.message.OutboundMessage;
import io.tidings.message.Segments;
import io.tidings.message.Sender;
import io.tidings.message.SmartEncoding;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes what the caller asked for ready to be stored: rendered, with its sender, counted. Pure but for the ids. */
public final class Preparation {
    private final MessageIds ids;
    private final AccountId account;
    private final @Nullable Sender defaultSender;

    /** Gives new messages these ids, this account, and this sender if they name none. */
    public Preparation(MessageIds ids, AccountId account, @Nullable Sender defaultSender) {
        this.ids = ids;
        this.account = account;
        this.defaultSender = defaultSender;
    }

    Prepared prepare(OutboundMessage asked, Instant now) {
        Content content = rendered(asked);
        OutboundMessage message = asked.withContent(content).withFrom(sender(asked));
        Segments segments = segments(content);
        Instant notBefore =
                asked.timing().notBefore() == null ? now : later(asked.timing().notBefore(), now);
        Duration life = asked.timing().expiresAfter();
        StoredMessage stored = new StoredMessage(
                ids.next(),
                message,
                account,
                content instanceof Content.Media ? 1 : segments.count(),
                now,
                life == null ? null : notBefore.plus(life),
                null,
                null);
        return new Prepared(stored, notBefore, segments.encoding(), fingerprint(asked), warnings(message, segments));
    }

    Prepared again(StoredMessage old, Instant now) {
        Segments segments = segments(old.message().content());
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
        return new Prepared(stored, now, segments.encoding(), fingerprint(message), warnings(message, segments));
    }

    private static Instant later(Instant asked, Instant now) {
        return asked.isAfter(now) ? asked : now;
    }

    private Sender sender(OutboundMessage message) {
        Sender sender = message.from() != null ? message.from() : defaultSender;
        if (sender == null) {
            throw new NotConfiguredException(
                    "the message names no sender and there is no default one; call from(...) or set a default sender");
        }
        return sender;
    }

    private Content rendered(OutboundMessage asked) {
        Content content = asked.content();
        if (content instanceof Content.Templated) {
            throw new NotConfiguredException("there are no templates");
        }
        if (asked.options().smartEncoding() && content instanceof Content.Text text) {
            return new Content.Text(SmartEncoding.apply(text.body().text()));
        }
        return content;
    }

    private static Segments segments(Content content) {
        return Segments.of(content.match(new Content.Cases<MessageBody>() {
                    @Override
                    public MessageBody text(Content.Text text) {
                        return text.body();
                    }

                    @Override
                    public MessageBody media(Content.Media media) {
                        return media.body();
                    }

                    @Override
                    public MessageBody templated(Content.Templated templated) {
                        throw new InvalidContentException("the template was not rendered");
                    }
                })
                .text());
    }

    private static List<String> warnings(OutboundMessage message, Segments segments) {
        List<String> warnings = new ArrayList<>();
        if (segments.encoding() == Encoding.UCS_2 && message.content() instanceof Content.Text) {
            warnings.add("the text needs UCS-2 (70 characters a segment instead of 160) because of "
                    + segments.forcing().size() + " character(s) outside GSM-7");
        }
        return warnings;
    }

    /** A digest of everything that makes two requests the same; times are left out because callers compute them anew. */
    private static String fingerprint(OutboundMessage asked) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
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
