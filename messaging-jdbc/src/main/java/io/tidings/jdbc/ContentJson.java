package io.tidings.jdbc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidings.message.Content;
import io.tidings.message.MessageBody;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** What a message says, as JSON; the same content always gives the same text. */
final class ContentJson implements Content.Cases<ObjectNode> {
    private static final ContentJson WRITER = new ContentJson();

    private ContentJson() {}

    static ObjectNode write(Content content) {
        return content.match(WRITER);
    }

    static Content read(JsonNode json) {
        String type = Json.text(json, "type");
        return switch (type) {
            case "text" -> new Content.Text(body(json));
            case "media" -> new Content.Media(body(json), media(json));
            case "approved" ->
                new Content.Approved(Json.text(json, "contentSid"), Json.map(json, "variables"), body(json));
            default -> throw new UnreadableRowException("its content is of a kind that this version does not know");
        };
    }

    private static MessageBody body(JsonNode json) {
        return new MessageBody(Json.text(json, "text"));
    }

    private static List<URI> media(JsonNode json) {
        List<URI> media = new ArrayList<>();
        json.path("media").forEach(each -> media.add(URI.create(each.asText())));
        return media;
    }

    private static ObjectNode start(String type, MessageBody body) {
        return JsonNodeFactory.instance.objectNode().put("type", type).put("text", body.text());
    }

    @Override
    public ObjectNode text(Content.Text text) {
        return start("text", text.body());
    }

    @Override
    public ObjectNode media(Content.Media media) {
        ObjectNode json = start("media", media.body());
        ArrayNode addresses = json.putArray("media");
        media.media().forEach(uri -> addresses.add(uri.toString()));
        return json;
    }

    @Override
    public ObjectNode templated(Content.Templated templated) {
        throw new IllegalArgumentException("a template is rendered before it is stored");
    }

    @Override
    public ObjectNode approved(Content.Approved approved) {
        ObjectNode json = start("approved", approved.text()).put("contentSid", approved.contentSid());
        Json.put(json, "variables", approved.variables());
        return json;
    }
}
