package io.tidings.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidings.audit.AuditChain.Link;
import io.tidings.message.MessageId;
import io.tidings.message.PhoneNumber;
import io.tidings.message.TenantId;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The lines of an export: one JSON object each, in one fixed form, so that a line which is not exactly what would be
 * written again was changed.
 */
final class AuditJson {
    static final String FORMAT = "tidings-audit-1";
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private AuditJson() {}

    /**
     * The first line of an export.
     *
     * @param chain the chain
     * @param after the number of the last record before this export
     * @param hash its hash
     */
    record Header(String chain, long after, String hash) {}

    static boolean isHeader(String line) {
        return line.startsWith("{\"format\":");
    }

    static String line(Header header) {
        ObjectNode node = JSON.createObjectNode();
        node.put("format", FORMAT);
        node.put("chain", header.chain());
        node.put("after", header.after());
        return text(node.put("hash", header.hash()));
    }

    static Header header(String line) {
        JsonNode node = tree(line);
        return exact(line, new Header(text(node, "chain"), number(node, "after"), text(node, "hash")), AuditJson::line);
    }

    static String line(Link link) {
        ObjectNode node = JSON.createObjectNode();
        node.put("sequence", link.sequence());
        node.put("segment", link.segment());
        node.put("key", link.key());
        node.put("at", link.at().toString());
        AuditEntry entry = link.entry();
        if (entry == null) {
            node.put("closed", link.closed());
        } else {
            put(node, entry);
        }
        return text(node.put("hash", link.hash()));
    }

    private static void put(ObjectNode node, AuditEntry entry) {
        node.put("id", entry.id().toString());
        node.put("tenant", string(entry.tenant()));
        node.put("actorKind", entry.actor().kind().name());
        node.put("actor", entry.actor().name());
        node.put("action", entry.action().name());
        node.put("message", string(entry.message()));
        node.put("node", entry.place().node());
        node.put("environment", entry.place().environment());
        node.put("commitment", entry.commitment());
        AuditData data = entry.data();
        if (data != null) {
            PhoneNumber person = data.person();
            ObjectNode inner = node.putObject("data");
            inner.put("salt", data.salt());
            inner.put("person", person == null ? null : person.e164());
            inner.put("reason", data.reason());
            ObjectNode details = inner.putObject("details");
            data.details().forEach(details::put);
        }
    }

    static Link link(String line) {
        JsonNode node = tree(line);
        Instant at = time(node);
        boolean closes = node.has("closed");
        Link link = new Link(
                number(node, "sequence"),
                text(node, "segment"),
                text(node, "key"),
                text(node, "hash"),
                at,
                closes ? null : entry(node, at),
                closes ? number(node, "closed") : 0);
        return exact(line, link, AuditJson::line);
    }

    private static AuditEntry entry(JsonNode node, Instant at) {
        String tenant = optional(node, "tenant");
        String message = optional(node, "message");
        return new AuditEntry(
                UUID.fromString(text(node, "id")),
                at,
                tenant == null ? null : new TenantId(tenant),
                new Actor(Actor.Kind.valueOf(text(node, "actorKind")), text(node, "actor")),
                new Action(text(node, "action")),
                message == null ? null : MessageId.parse(message),
                new AuditEntry.Place(text(node, "node"), text(node, "environment")),
                text(node, "commitment"),
                node.has("data") ? data(node.get("data")) : null);
    }

    private static AuditData data(JsonNode node) {
        String person = optional(node, "person");
        Map<String, String> details = new TreeMap<>();
        JsonNode inner = node.path("details");
        inner.fieldNames().forEachRemaining(name -> details.put(name, text(inner, name)));
        return new AuditData(
                text(node, "salt"), person == null ? null : new PhoneNumber(person), optional(node, "reason"), details);
    }

    static String line(Checkpoint checkpoint) {
        ObjectNode node = JSON.createObjectNode();
        node.put("checkpoint", "tidings-audit-checkpoint-1");
        node.put("chain", checkpoint.chain());
        node.put("segment", checkpoint.segment());
        node.put("sequence", checkpoint.sequence());
        node.put("head", checkpoint.head());
        node.put("count", checkpoint.count());
        node.put("at", checkpoint.at().toString());
        node.put("algorithm", checkpoint.signed().algorithm());
        node.put("key", checkpoint.signed().key());
        return text(node.put("signature", checkpoint.signed().signature()));
    }

    static Checkpoint checkpoint(String line) {
        JsonNode node = tree(line);
        Checkpoint checkpoint = new Checkpoint(
                text(node, "chain"),
                text(node, "segment"),
                number(node, "sequence"),
                text(node, "head"),
                number(node, "count"),
                time(node),
                new Checkpoint.Signed(text(node, "algorithm"), text(node, "key"), text(node, "signature")));
        return exact(line, checkpoint, AuditJson::line);
    }

    private static <T> T exact(String line, T read, java.util.function.Function<T, String> writer) {
        if (!writer.apply(read).equals(line)) {
            throw new IllegalArgumentException("the line is not in the form it was written in");
        }
        return read;
    }

    private static JsonNode tree(String line) {
        try {
            JsonNode node = JSON.readTree(line);
            if (!node.isObject()) {
                throw new IllegalArgumentException("the line is no JSON object");
            }
            return node;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the line is no JSON");
        }
    }

    private static Instant time(JsonNode node) {
        try {
            return Instant.parse(text(node, "at"));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("the line has no time");
        }
    }

    private static String text(JsonNode node, String name) {
        String found = optional(node, name);
        if (found == null) {
            throw new IllegalArgumentException("the line has no field " + name);
        }
        return found;
    }

    private static @Nullable String optional(JsonNode node, String name) {
        return node.path(name).isTextual() ? node.path(name).textValue() : null;
    }

    private static long number(JsonNode node, String name) {
        if (!node.path(name).isIntegralNumber()) {
            throw new IllegalArgumentException("the line has no number " + name);
        }
        return node.path(name).longValue();
    }

    private static @Nullable String string(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static String text(ObjectNode node) {
        try {
            return JSON.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts and numbers cannot be written", e);
        }
    }
}
