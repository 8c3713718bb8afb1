package io.tidings.twilio;

import com.twilio.http.Response;
import io.tidings.provider.Outcome;
import io.tidings.provider.StatusWords;
import java.time.Duration;
import java.util.Set;
import org.apache.hc.core5.http.Header;
import org.jspecify.annotations.Nullable;

/**
 * What an answer to a create means. Where it does not say clearly that the message was taken or refused, it is
 * uncertain.
 */
final class CreateOutcomes {
    /** Twilio: an internal error on a create may have been processed, and a repeat may reach the customer twice. */
    private static final Set<Integer> DOUBTFUL_CODES = Set.of(20500, 20503, 20504);
    /** Statuses by which proxies report that a client or server was too slow, after the request had gone on. */
    private static final Set<Integer> DOUBTFUL_STATUSES = Set.of(408, 460, 499);

    private CreateOutcomes() {}

    static Outcome of(Response answer) {
        int status = answer.getStatusCode();
        if (status == 429) {
            return new Outcome.Throttled(retryAfter(answer.getHeaders()));
        }
        AnswerFields fields = AnswerFields.read(answer.getStream());
        if (status >= 200 && status < 300) {
            return fields.sid() != null
                    ? new Outcome.Accepted(fields.sid(), StatusWords.status(fields.status()))
                    : new Outcome.Uncertain("HTTP " + status + " without a message SID", 0);
        }
        if (status >= 400 && status < 500 && !isDoubtful(status, fields.code())) {
            return new Outcome.Rejected(fields.code() > 0 ? fields.code() : generalCode(status));
        }
        return new Outcome.Uncertain("HTTP " + status, fields.code());
    }

    private static boolean isDoubtful(int status, int code) {
        return DOUBTFUL_CODES.contains(code) || status == 408 || (DOUBTFUL_STATUSES.contains(status) && code == 0);
    }

    /** Twilio's general code of an HTTP status, for refusals that name none; 20422 (bad parameter) for the rest. */
    static int generalCode(int status) {
        return switch (status) {
            case 401 -> 20003;
            case 403, 404, 409, 410, 413, 426, 429 -> 20000 + status;
            case 405 -> 20004;
            case 500, 503 -> 20000 + status;
            default -> status >= 500 ? 20500 : 20422;
        };
    }

    /** Whole seconds up to a day; the HTTP date form, which Twilio does not use, counts as absent. */
    private static @Nullable Duration retryAfter(Header[] headers) {
        for (Header header : headers) {
            if ("Retry-After".equalsIgnoreCase(header.getName())
                    && header.getValue().matches("[0-9]{1,5}")) {
                return Duration.ofSeconds(Integer.parseInt(header.getValue()));
            }
        }
        return null;
    }
}
