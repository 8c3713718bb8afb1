package io.tidings.jdbc;

import io.tidings.event.EventKind;
import io.tidings.event.Happening;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How what happened lies in the tables of events and of deliveries. Encrypted, the subject lies among the facts, and its
 * column holds what it is looked up by.
 */
final class HappeningRows {
    private static final Logger log = LoggerFactory.getLogger(HappeningRows.class);
    static final String EVENT = "event";
    static final String DELIVERY = "delivery";
    /** No fact has an empty name. */
    private static final String SUBJECT = "";

    private HappeningRows() {}

    /** As it lies there, in the table that is called so. */
    record Raw(String table, EventKind kind, Instant at, String subject, String facts, ColumnCipher cipher) {

        /** Throws {@link UnreadableRowException} if the facts are not those that were written there. */
        Happening read() {
            Map<String, String> all =
                    new LinkedHashMap<>(JsonText.map(cipher.open(place(table, kind, at, subject), facts)));
            String named = all.remove(SUBJECT);
            return new Happening(kind, at, named == null ? subject : named, all);
        }

        /** Empty, and a word in the log, if it cannot be read. */
        Optional<Happening> ifReadable(long place) {
            try {
                return Optional.of(read());
            } catch (UnreadableRowException e) {
                log.warn("{} {} is set aside, it cannot be read: {}", table, place, e.getMessage());
                return Optional.empty();
            }
        }
    }

    static String subject(String subject, ColumnCipher cipher) {
        return cipher.token("subject", subject);
    }

    static String facts(String table, Happening what, ColumnCipher cipher) {
        if (!cipher.isOn()) {
            return JsonText.of(what.facts());
        }
        Map<String, String> all = new LinkedHashMap<>(what.facts());
        all.put(SUBJECT, what.subject());
        String place = place(table, what.kind(), what.at(), subject(what.subject(), cipher));
        return cipher.seal(place, JsonText.of(all));
    }

    private static String place(String table, EventKind kind, Instant at, String lookedUp) {
        return ColumnCipher.place(table + ".facts", kind, Values.micros(at), lookedUp);
    }
}
