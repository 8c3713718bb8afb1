package io.tidings.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The XML that v2010 answers when a path does not end in {@code .json}. */
final class Xml {
    private Xml() {}

    static String of(ObjectNode json) {
        String root = json.has("more_info") ? "RestException" : json.has("messages") ? "Messages" : "Message";
        StringBuilder out = new StringBuilder("<?xml version='1.0' encoding='UTF-8'?>\n<TwilioResponse>");
        element(out, root, json);
        return out.append("</TwilioResponse>").toString();
    }

    private static void element(StringBuilder out, String name, JsonNode value) {
        out.append('<').append(name).append('>');
        if (value.isObject()) {
            value.properties().forEach(each -> element(out, pascal(each.getKey()), each.getValue()));
        } else if (value.isArray()) {
            value.forEach(each -> element(out, "Message", each));
        } else if (!value.isNull()) {
            out.append(escaped(value.asText()));
        }
        out.append("</").append(name).append('>');
    }

    private static String pascal(String name) {
        StringBuilder out = new StringBuilder();
        for (String part : name.split("_", -1)) {
            out.append(Character.toUpperCase(part.charAt(0))).append(part, 1, part.length());
        }
        return out.toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
