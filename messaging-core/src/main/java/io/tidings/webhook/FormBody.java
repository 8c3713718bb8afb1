package io.tidings.webhook;

import io.tidings.webhook.RawCallback.Parameter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads {@code application/x-www-form-urlencoded} strictly: what two decoders could read differently is refused,
 * because the signature is over the decoded values.
 */
final class FormBody {
    static final int MAX_PARAMETERS = 200;

    private FormBody() {}

    /** The parameters in their order; nothing if the body is malformed or has too many. */
    static Optional<List<Parameter>> parse(byte[] body) {
        List<Parameter> parameters = new ArrayList<>();
        int start = 0;
        while (start < body.length) {
            int end = indexOf(body, '&', start, body.length);
            Optional<Parameter> parameter = parameter(body, start, end);
            if (parameter.isEmpty() || parameters.size() == MAX_PARAMETERS || end == body.length - 1) {
                return Optional.empty();
            }
            parameters.add(parameter.get());
            start = end + 1;
        }
        return Optional.of(parameters);
    }

    private static Optional<Parameter> parameter(byte[] body, int start, int end) {
        int equals = indexOf(body, '=', start, end);
        if (equals == start) {
            return Optional.empty();
        }
        Optional<String> value = equals == end ? Optional.of("") : decode(body, equals + 1, end);
        return decode(body, start, equals).flatMap(name -> value.map(text -> new Parameter(name, text)));
    }

    private static int indexOf(byte[] body, char wanted, int from, int to) {
        int at = from;
        while (at < to && body[at] != wanted) {
            at++;
        }
        return at;
    }

    private static Optional<String> decode(byte[] body, int start, int end) {
        ByteBuffer decoded = ByteBuffer.allocate(end - start);
        int at = start;
        while (at < end) {
            int octet = octet(body, at, end);
            if (octet <= 0) {
                return Optional.empty();
            }
            decoded.put((byte) octet);
            at += body[at] == '%' ? 3 : 1;
        }
        try {
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(decoded.flip()).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** The decoded octet at a position; zero or less for NUL, a broken escape, or what needed an escape. */
    private static int octet(byte[] body, int at, int end) {
        byte raw = body[at];
        if (raw == '+') {
            return ' ';
        }
        if (raw != '%') {
            return raw > ' ' && raw < 0x7F ? raw : -1;
        }
        if (at + 2 >= end) {
            return -1;
        }
        int high = Character.digit(body[at + 1], 16);
        int low = Character.digit(body[at + 2], 16);
        return high < 0 || low < 0 ? -1 : (high << 4) | low;
    }
}
