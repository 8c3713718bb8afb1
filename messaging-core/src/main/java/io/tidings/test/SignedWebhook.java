package io.tidings.test;

import io.tidings.message.Secret;
import io.tidings.webhook.WebhookRequest;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Builds a form POST as Twilio sends it, signed with an auth token, to try a webhook end point of any web framework.
 *
 * <p>Written apart from the check in {@code io.tidings.webhook}, so that the two cannot share a mistake. Not safe for
 * use by several threads.
 */
public final class SignedWebhook {
    private final URI url;
    private final Map<String, String> parameters = new TreeMap<>();

    private SignedWebhook(URI url) {
        this.url = url;
    }

    /** Starts a request to the full public address, as the provider would call it. A fragment is left out. */
    public static SignedWebhook to(URI url) {
        if (url.getHost() == null) {
            throw new IllegalArgumentException("a webhook is called by its full public address, such as"
                    + " https://shop.example.com/tidings/inbound");
        }
        String text = url.toString();
        int fragment = text.indexOf('#');
        return new SignedWebhook(fragment < 0 ? url : URI.create(text.substring(0, fragment)));
    }

    /** Starts a status callback to the address of an attempt. */
    public static SignedWebhook status(URI callback, String sid, String status) {
        return to(callback)
                .with("MessageSid", sid)
                .with("SmsSid", sid)
                .with("MessageStatus", status)
                .with("SmsStatus", status)
                .with("AccountSid", "AC00000000000000000000000000000000")
                .with("ApiVersion", "2010-04-01");
    }

    /** Starts an inbound text. */
    public static SignedWebhook inbound(URI url, String sid, String from, String to, String text) {
        return to(url).with("MessageSid", sid)
                .with("SmsSid", sid)
                .with("SmsMessageSid", sid)
                .with("SmsStatus", "received")
                .with("AccountSid", "AC00000000000000000000000000000000")
                .with("From", from)
                .with("To", to)
                .with("Body", text)
                .with("NumMedia", "0")
                .with("NumSegments", "1")
                .with("ApiVersion", "2010-04-01");
    }

    /** Sets a parameter. */
    public SignedWebhook with(String name, String value) {
        parameters.put(name, value);
        return this;
    }

    /** The body as it goes over the wire. */
    public byte[] body() {
        StringBuilder form = new StringBuilder();
        parameters.forEach((name, value) -> form.append(form.isEmpty() ? "" : "&")
                .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return form.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** The value of {@code X-Twilio-Signature}. */
    public String signature(Secret authToken) {
        StringBuilder signed = new StringBuilder(url.toString());
        parameters.forEach((name, value) -> signed.append(name).append(value));
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(authToken.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getEncoder()
                    .encodeToString(mac.doFinal(signed.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA1; check its security providers", e);
        }
    }

    /** The whole request, for {@link io.tidings.webhook.Webhooks#handle}. */
    public WebhookRequest sign(Secret authToken) {
        return request(signature(authToken));
    }

    /** The same request with a signature that is wrong; it must be answered with 403. */
    public WebhookRequest forged() {
        return request("AAAAAAAAAAAAAAAAAAAAAAAAAAA=");
    }

    private WebhookRequest request(String signature) {
        String target = url.getRawPath() + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery());
        return new WebhookRequest(
                "POST",
                target,
                Map.of(
                        "X-Twilio-Signature", List.of(signature),
                        "Content-Type", List.of("application/x-www-form-urlencoded")),
                body());
    }

    /** Names the parameters only: their values are numbers and texts. */
    @Override
    public String toString() {
        return "SignedWebhook[" + parameters.keySet() + "]";
    }
}
