package io.tidings.webhook;

/**
 * What to answer to a {@link WebhookRequest}.
 *
 * @param status the HTTP status
 * @param contentType of the body; leave the header out if the body is empty
 * @param body text in UTF-8, empty for none
 */
public record WebhookResponse(int status, String contentType, String body) {

    static WebhookResponse empty(int status) {
        return new WebhookResponse(status, "", "");
    }

    static WebhookResponse xml(String document) {
        return new WebhookResponse(200, "text/xml; charset=utf-8", document);
    }

    static WebhookResponse text(int status, String sentence) {
        return new WebhookResponse(status, "text/plain; charset=utf-8", sentence + "\n");
    }
}
