package io.tidings.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/** {@code /v1/Content}: content templates and their approval for WhatsApp, which the sandbox gives at once. */
final class ContentResource {
    private static final Set<String> CATEGORIES = Set.of("UTILITY", "MARKETING", "AUTHENTICATION");

    private final Network network;

    ContentResource(Network network) {
        this.network = network;
    }

    Answer route(Call call, List<String> path, String base) {
        boolean approvals = path.size() > 3 && path.get(3).equals("ApprovalRequests");
        String command = call.method() + " " + (path.size() - 2) + (approvals ? "A" : "");
        return network.locked(() -> switch (command) {
            case "POST 0" -> create(call, base);
            case "GET 0" -> list(call, base);
            case "GET 1" -> Answer.json(200, json(find(call, path), base));
            case "DELETE 1" -> {
                network.contents.remove(find(call, path));
                yield Answer.empty(204);
            }
            case "GET 2A" -> Answer.json(200, approval(find(call, path), base));
            case "POST 3A" -> submit(call, path);
            default -> throw Refusal.notFound(call.path());
        });
    }

    private Answer create(Call call, String base) {
        ObjectNode asked = body(call);
        JsonNode types = asked.path("types");
        if (!types.isObject() || types.isEmpty() || !asked.path("language").isTextual()) {
            throw new Refusal(400, 20422, "A content template has a language and at least one of types");
        }
        return Answer.json(201, json(network.contents.create(asked, network.clock.instant()), base));
    }

    private Answer list(Call call, String base) {
        List<Content> all = network.contents.all();
        Page<Content> page = Page.of(all, Page.Request.of(call, 50), each -> each.sid, sid -> {
            Content content = network.contents.find(sid);
            return content == null ? null : (long) all.indexOf(content);
        });
        return Answer.json(200, page.modern("contents", base, each -> json(each, base)));
    }

    private Answer submit(Call call, List<String> path) {
        Content content = find(call, path);
        ObjectNode asked = body(call);
        String category = asked.path("category").asText();
        String name = asked.path("name").asText();
        if (!path.get(4).equals("whatsapp") || !CATEGORIES.contains(category) || !name.matches("[a-z0-9_]{1,512}")) {
            throw new Refusal(400, 20422, "An approval has a name of a-z, 0-9 and _, and a category");
        }
        content.name = name;
        content.category = category;
        content.status = "approved";
        // The answer tells what Twilio tells at this moment; the fetch tells what became of it.
        return Answer.json(201, whatsApp(content, "received"));
    }

    private Content find(Call call, List<String> path) {
        Content content = network.contents.find(path.get(2));
        if (content == null) {
            throw Refusal.notFound(call.path());
        }
        return content;
    }

    private static ObjectNode body(Call call) {
        try {
            if (Json.parse(call.body()) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw new Refusal(400, 20422, "The body is not a JSON object");
        }
        throw new Refusal(400, 20422, "The body is not a JSON object");
    }

    private ObjectNode json(Content content, String base) {
        String url = base + "/v1/Content/" + content.sid;
        ObjectNode json = Json.object()
                .put("sid", content.sid)
                .put("account_sid", network.accounts.main().sid())
                .put("friendly_name", content.asked.path("friendly_name").asText())
                .put("language", content.asked.path("language").asText())
                .put("date_created", Json.iso(content.created))
                .put("date_updated", Json.iso(content.created))
                .put("url", url);
        json.set(
                "variables",
                content.asked.path("variables").isObject() ? content.asked.path("variables") : Json.object());
        json.set("types", content.asked.path("types"));
        json.putObject("links")
                .put("approval_create", url + "/ApprovalRequests/whatsapp")
                .put("approval_fetch", url + "/ApprovalRequests");
        return json;
    }

    private ObjectNode approval(Content content, String base) {
        ObjectNode json = Json.object()
                .put("sid", content.sid)
                .put("account_sid", network.accounts.main().sid())
                .put("url", base + "/v1/Content/" + content.sid + "/ApprovalRequests");
        json.set("whatsapp", whatsApp(content, content.status));
        return json;
    }

    private static ObjectNode whatsApp(Content content, String status) {
        return Json.object()
                .put("name", content.name)
                .put("category", content.category)
                .put("content_type", content.type())
                .put("status", status)
                .put("rejection_reason", "")
                .put("allow_category_change", true);
    }
}
