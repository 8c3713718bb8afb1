package io.tidings.sandbox;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** The filters of the message list. A date filter never fits a message that has not been sent. */
final class MessageFilter {
    private final Parameters query;

    MessageFilter(Parameters query) {
        this.query = query;
    }

    boolean fits(Message message) {
        String from = query.get("From");
        return (from == null || from.equals(message.from)) && fitsDates(message.sent);
    }

    private boolean fitsDates(@Nullable Instant sent) {
        String on = query.get("DateSent");
        String before = query.get("DateSent<");
        String after = query.get("DateSent>");
        if (on == null && before == null && after == null) {
            return true;
        }
        return sent != null
                && (on == null || (!sent.isBefore(start(on)) && sent.isBefore(end(on))))
                && (before == null || sent.isBefore(end(before)))
                && (after == null || !sent.isBefore(start(after)));
    }

    private static Instant start(String date) {
        try {
            return date.length() == 10
                    ? LocalDate.parse(date).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(date);
        } catch (DateTimeException e) {
            throw new Refusal(400, 20422, "A date is YYYY-MM-DD or an ISO 8601 time in UTC");
        }
    }

    private static Instant end(String date) {
        return date.length() == 10
                ? start(date).plusSeconds(86_400)
                : start(date).plusSeconds(1);
    }
}
