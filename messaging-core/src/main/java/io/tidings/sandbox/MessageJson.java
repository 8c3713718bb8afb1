package io.tidings.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Writes messages as v2010 does. */
final class MessageJson {
    private MessageJson() {}

    static ObjectNode of(Message message) {
        String accountSid = message.account.sid();
        String uri = "/2010-04-01/Accounts/" + accountSid + "/Messages/" + message.sid;
        ObjectNode json = Json.object()
                .put("sid", message.sid)
                .put("account_sid", accountSid)
                .put("messaging_service_sid", message.draft.service())
                .put("api_version", "2010-04-01")
                .put("body", message.body)
                .put("from", message.from)
                .put("to", message.to())
                .put("direction", message.draft.direction())
                .put("status", message.status)
                .put("num_segments", Integer.toString(message.segments))
                .put("num_media", Integer.toString(message.media().size()))
                .put("price", message.price)
                .put("price_unit", "USD")
                .put("error_code", message.errorCode == 0 ? null : (Integer) message.errorCode)
                .put("error_message", message.errorCode == 0 ? null : ErrorTexts.of(message.errorCode))
                .put("date_created", Json.rfc2822(message.created))
                .put("date_updated", Json.rfc2822(message.updated))
                .put("date_sent", Json.rfc2822(message.sent))
                .put("uri", uri + ".json");
        json.putObject("subresource_uris").put("media", uri + "/Media.json").put("feedback", uri + "/Feedback.json");
        return json;
    }
}
