package io.tidings.jdbc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidings.history.StoredMessage;
import io.tidings.message.AccountId;
import io.tidings.message.Category;
import io.tidings.message.Channel;
import io.tidings.message.Content;
import io.tidings.message.ErrorKind;
import io.tidings.message.Failure;
import io.tidings.message.MessageId;
import io.tidings.message.OutboundMessage;
import io.tidings.message.OutboundMessage.Options;
import io.tidings.message.OutboundMessage.Timing;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Sender;
import io.tidings.message.TenantId;
import io.tidings.message.TraceParent;
import io.tidings.template.TemplateRef;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A message as the versioned JSON text of its row. A text of another version, or one that holds what no message can
 * hold, is an {@link UnreadableRowException}: during an upgrade an older node meets what a newer one has written.
 */
final class MessageCodec {
    private static final int VERSION = 1;

    /** What names a person, or says what a message says; encrypted together, if anything is. */
    private static final List<String> SECRET = List.of("to", "content", "orderKey");

    private static final String SEALED = "sealed";
    /** What the text of a message begins with of which something is encrypted. */
    static final String SEALED_START = "{\"sealed\":\"";

    private MessageCodec() {}

    static String write(StoredMessage stored, ColumnCipher cipher) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("v", VERSION)
                .put("account", stored.account().value())
                .put("segments", stored.segments())
                .put("acceptedAt", stored.acceptedAt().toString());
        put(json, stored.message());
        Json.put(json, "expiresAt", stored.expiresAt());
        Json.put(json, "resendOf", stored.resendOf());
        putTemplate(json, stored.template());
        return seal(stored.id(), json, cipher);
    }

    /** Of a message, wherever its row lies: in the queue, in the history, in quarantine. */
    static String place(MessageId id) {
        return ColumnCipher.place("message.body", id);
    }

    /** Encrypts what must not be read, if anything is encrypted. */
    static void seal(ObjectNode json, String place, ColumnCipher cipher) {
        if (!cipher.isOn()) {
            return;
        }
        ObjectNode secret = JsonNodeFactory.instance.objectNode();
        for (String name : SECRET) {
            JsonNode value = json.remove(name);
            if (value != null) {
                secret.set(name, value);
            }
        }
        ObjectNode open = json.deepCopy();
        json.removeAll();
        json.put(SEALED, cipher.seal(place, secret.toString())).setAll(open);
    }

    /** The text of a message's row. */
    static String seal(MessageId id, ObjectNode json, ColumnCipher cipher) {
        seal(json, place(id), cipher);
        return json.toString();
    }

    /** The same as it was before; a text that is no message may be encrypted as a whole. */
    static JsonNode open(MessageId id, String text, ColumnCipher cipher) {
        return open(Json.parse(cipher.open(place(id), text)), place(id), cipher);
    }

    /** The same as {@link #seal} found it. */
    static JsonNode open(JsonNode json, String place, ColumnCipher cipher) {
        String sealed = Json.textOrNull(json, SEALED);
        if (sealed == null || !(json instanceof ObjectNode whole)) {
            return json;
        }
        JsonNode secret = Json.parse(cipher.open(place, sealed));
        whole.remove(SEALED);
        for (String name : SECRET) {
            JsonNode value = secret.get(name);
            if (value != null) {
                whole.set(name, value);
            }
        }
        return whole;
    }

    /** The fields of a message, which {@link #message} reads. */
    static void put(ObjectNode json, OutboundMessage message) {
        Sender from = message.from();
        json.put("tenant", message.tenant().value())
                .put("channel", message.channel().name())
                .put("category", message.category().name())
                .put("to", message.to().e164());
        Json.put(json, "from", from == null ? null : from.address());
        json.set("content", ContentJson.write(message.content()));
        Json.put(json, "key", message.key());
        Json.put(json, "tags", message.tags());
        Json.put(json, "notBefore", message.timing().notBefore());
        Json.put(json, "expiresAfter", message.timing().expiresAfter());
        putOptions(json, message.options());
    }

    private static void putOptions(ObjectNode json, Options options) {
        if (options.smartEncoding()) {
            json.put("smartEncoding", true);
        }
        if (options.allowRepeat()) {
            json.put("allowRepeat", true);
        }
        Json.put(json, "orderKey", options.orderKey());
        Json.put(json, "topic", options.topic());
        Json.put(json, "answers", options.answers());
        Json.put(json, "zone", options.zone());
        Json.put(json, "trace", options.trace());
    }

    private static void putTemplate(ObjectNode json, @Nullable TemplateRef template) {
        if (template != null) {
            json.putObject("template")
                    .put("name", template.name())
                    .put("version", template.version())
                    .put("locale", template.locale().toLanguageTag());
        }
    }

    static StoredMessage read(MessageId id, String text, ColumnCipher cipher) {
        JsonNode json = open(id, text, cipher);
        int version = Json.integer(json, "v");
        if (version != VERSION) {
            throw new UnreadableRowException(
                    "it is of version " + version + ", this program knows version " + VERSION + " only");
        }
        try {
            return read(id, json);
        } catch (RuntimeException e) {
            throw e instanceof UnreadableRowException unreadable
                    ? unreadable
                    : new UnreadableRowException("it holds what no message can hold");
        }
    }

    private static StoredMessage read(MessageId id, JsonNode json) {
        Instant acceptedAt = Json.instantOrNull(json, "acceptedAt");
        if (acceptedAt == null) {
            throw new UnreadableRowException("it has no acceptedAt");
        }
        String resendOf = Json.textOrNull(json, "resendOf");
        return new StoredMessage(
                id,
                message(json),
                new AccountId(Json.text(json, "account")),
                Json.integer(json, "segments"),
                acceptedAt,
                Json.instantOrNull(json, "expiresAt"),
                template(json.get("template")),
                resendOf == null ? null : MessageId.parse(resendOf));
    }

    static OutboundMessage message(JsonNode json) {
        String from = Json.textOrNull(json, "from");
        String expiresAfter = Json.textOrNull(json, "expiresAfter");
        Timing timing = new Timing(
                Json.instantOrNull(json, "notBefore"), expiresAfter == null ? null : Duration.parse(expiresAfter));
        return new OutboundMessage(
                new TenantId(Json.text(json, "tenant")),
                Channel.valueOf(Json.text(json, "channel")),
                Category.valueOf(Json.text(json, "category")),
                new PhoneNumber(Json.text(json, "to")),
                from == null ? null : Row.sender(from),
                ContentJson.read(json.path("content")),
                Json.textOrNull(json, "key"),
                Json.map(json, "tags"),
                timing,
                options(json));
    }

    private static Options options(JsonNode json) {
        String zone = Json.textOrNull(json, "zone");
        String trace = Json.textOrNull(json, "trace");
        return new Options(
                json.path("smartEncoding").asBoolean(),
                Json.textOrNull(json, "orderKey"),
                json.path("allowRepeat").asBoolean(),
                Json.textOrNull(json, "topic"),
                Json.textOrNull(json, "answers"),
                zone == null ? null : ZoneId.of(zone),
                trace == null ? null : TraceParent.parse(trace).orElse(null));
    }

    private static @Nullable TemplateRef template(@Nullable JsonNode json) {
        return json == null
                ? null
                : new TemplateRef(
                        Json.text(json, "name"),
                        Json.integer(json, "version"),
                        Locale.forLanguageTag(Json.text(json, "locale")));
    }

    static @Nullable String write(@Nullable Failure failure) {
        return failure == null
                ? null
                : JsonNodeFactory.instance
                        .objectNode()
                        .put("code", failure.code())
                        .put("kind", failure.kind().name())
                        .put("explanation", failure.explanation())
                        .put("advice", failure.advice())
                        .toString();
    }

    static @Nullable Failure failure(@Nullable String text) {
        if (text == null) {
            return null;
        }
        JsonNode json = Json.parse(text);
        try {
            return new Failure(
                    Json.integer(json, "code"),
                    ErrorKind.valueOf(Json.text(json, "kind")),
                    Json.text(json, "explanation"),
                    Json.text(json, "advice"));
        } catch (IllegalArgumentException e) {
            throw new UnreadableRowException("its failure is of a kind that this version does not know");
        }
    }

    /** Equal for equal contents, and for others as good as never. */
    static long hash(Content content, ColumnCipher cipher) {
        return cipher.hash(ContentJson.write(content).toString().getBytes(StandardCharsets.UTF_8));
    }
}
