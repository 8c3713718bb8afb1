package io.tidings.template;

import io.tidings.message.Content;
import io.tidings.message.MessageBody;

/**
 * A text ready to be sent, and the text of the template it came from. Prints only the length.
 *
 * @param body the text
 * @param template the exact version and locale, to be kept with the message
 */
public record Rendered(MessageBody body, TemplateRef template) {

    /** The text. */
    public String text() {
        return body.text();
    }

    /** The text as the content of a message. */
    public Content.Text content() {
        return new Content.Text(body);
    }
}
