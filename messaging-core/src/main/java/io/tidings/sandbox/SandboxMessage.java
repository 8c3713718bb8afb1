package io.tidings.sandbox;

import org.jspecify.annotations.Nullable;

/**
 * A message as the sandbox holds it now. Data only; {@code toString} masks numbers and text.
 *
 * @param sid Twilio's id of it
 * @param direction {@code outbound-api}, {@code outbound-reply} or {@code inbound}
 * @param from the sender, none until a messaging service has chosen one
 * @param to the recipient
 * @param body the text, empty once redacted
 * @param status in Twilio's words
 * @param errorCode Twilio's code, 0 if none
 */
public record SandboxMessage(
        String sid, String direction, @Nullable String from, String to, String body, String status, int errorCode) {
    @Override
    public String toString() {
        return "SandboxMessage[sid=" + sid + ", direction=" + direction + ", from=" + Masking.number(from) + ", to="
                + Masking.number(to) + ", body=" + Masking.text(body) + ", status=" + status + ", errorCode="
                + errorCode + "]";
    }
}
