package io.tidings.twilio;

import com.twilio.http.HttpMethod;
import com.twilio.http.Request;

/**
 * A request of the core API whose form keeps every field, in order. The SDK's own drops a field whose value is the text
 * {@code null}, which is a text that somebody may want to send.
 */
final class FormRequest extends Request {
    private static final String KEPT = ".-*_";
    private static final String HEX = "0123456789ABCDEF";

    private final StringBuilder form = new StringBuilder(512);

    FormRequest(HttpMethod method, String path) {
        super(method, "api", path);
    }

    /** Adds a field; repeat it for a list. Names are plain letters. */
    void addField(String name, String value) {
        if (form.length() > 0) {
            form.append('&');
        }
        form.append(name).append('=');
        for (int i = 0; i < value.length(); ) {
            int point = value.codePointAt(i);
            encode(point);
            i += Character.charCount(point);
        }
    }

    /** As {@code URLEncoder} does in UTF-8, without its copies: a surrogate alone becomes a question mark. */
    private void encode(int point) {
        if (isKept(point)) {
            form.append((char) point);
        } else if (point == ' ') {
            form.append('+');
        } else if (point < 0x80) {
            octet(point);
        } else if (point < 0x800) {
            octet(0xC0 | (point >> 6));
            octet(0x80 | (point & 0x3F));
        } else if (point < 0x10000) {
            threeOctets(point);
        } else {
            octet(0xF0 | (point >> 18));
            octet(0x80 | ((point >> 12) & 0x3F));
            octet(0x80 | ((point >> 6) & 0x3F));
            octet(0x80 | (point & 0x3F));
        }
    }

    private void threeOctets(int point) {
        if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
            octet('?');
        } else {
            octet(0xE0 | (point >> 12));
            octet(0x80 | ((point >> 6) & 0x3F));
            octet(0x80 | (point & 0x3F));
        }
    }

    private static boolean isKept(int point) {
        return (point >= 'a' && point <= 'z')
                || (point >= 'A' && point <= 'Z')
                || (point >= '0' && point <= '9')
                || KEPT.indexOf(point) >= 0;
    }

    private void octet(int octet) {
        form.append('%').append(HEX.charAt(octet >> 4)).append(HEX.charAt(octet & 0xF));
    }

    @Override
    public String encodeFormBody() {
        return form.toString();
    }
}
