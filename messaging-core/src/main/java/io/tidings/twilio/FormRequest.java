package io.tidings.twilio;

import com.twilio.http.HttpMethod;
import com.twilio.http.Request;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * A request of the core API whose form keeps every field, in order. The SDK's own drops a field whose value is the text
 * {@code null}, which is a text that somebody may want to send.
 */
final class FormRequest extends Request {
    private final StringBuilder form = new StringBuilder();

    FormRequest(HttpMethod method, String path) {
        super(method, "api", path);
    }

    /** Adds a field; repeat it for a list. Names are plain letters. */
    void addField(String name, String value) {
        if (form.length() > 0) {
            form.append('&');
        }
        form.append(name).append('=').append(URLEncoder.encode(value, StandardCharsets.UTF_8));
    }

    @Override
    public String encodeFormBody() {
        return form.toString();
    }
}
