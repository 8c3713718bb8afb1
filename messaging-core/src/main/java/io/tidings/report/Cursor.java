package io.tidings.report;

import io.tidings.history.MessageOrder;
import io.tidings.message.MessageId;
import io.tidings.outbox.SearchStore.Place;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/** A place in an order as text: 39 characters that are safe in an address. */
final class Cursor {
    private static final int BYTES = 1 + Long.BYTES + Integer.BYTES + 2 * Long.BYTES;

    private Cursor() {}

    static String write(Place place, MessageOrder order) {
        Instant at = place.at();
        byte[] bytes = ByteBuffer.allocate(BYTES)
                .put(mark(order))
                .putLong(at.getEpochSecond())
                .putInt(at.getNano())
                .putLong(place.id().value().getMostSignificantBits())
                .putLong(place.id().value().getLeastSignificantBits())
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static Place read(String text, MessageOrder order) {
        ByteBuffer bytes = ByteBuffer.wrap(decode(text));
        if (bytes.remaining() != BYTES) {
            throw unreadable();
        }
        if (bytes.get() != mark(order)) {
            throw new IllegalArgumentException(
                    "the cursor belongs to another order than " + order + "; begin again without one");
        }
        try {
            Instant at = Instant.ofEpochSecond(bytes.getLong(), bytes.getInt());
            return new Place(at, new MessageId(new UUID(bytes.getLong(), bytes.getLong())));
        } catch (DateTimeException e) {
            throw unreadable();
        }
    }

    private static byte mark(MessageOrder order) {
        return switch (order) {
            case NEWEST -> 'n';
            case OLDEST -> 'o';
            case LAST_CHANGED -> 'c';
        };
    }

    private static byte[] decode(String text) {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw unreadable();
        }
    }

    private static IllegalArgumentException unreadable() {
        return new IllegalArgumentException("the cursor is none that a page ended with; begin again without one");
    }
}
