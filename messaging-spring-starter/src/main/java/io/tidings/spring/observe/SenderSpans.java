package io.tidings.spring.observe;

import io.tidings.message.MessageId;
import io.tidings.message.TraceParent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * In which span a message was sent. Remembers the last 4,096 messages that were asked about or handed over here, because
 * most reports come to the same node within seconds; the others cost a read by primary key. Safe for use by many threads.
 */
final class SenderSpans {
    private static final int REMEMBERED = 4096;
    private static final float LOAD = 0.75f;

    private final Function<MessageId, Optional<TraceParent>> stored;
    private final Map<MessageId, Optional<TraceParent>> recent = new LinkedHashMap<>(16, LOAD, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<MessageId, Optional<TraceParent>> eldest) {
            return size() > REMEMBERED;
        }
    };

    SenderSpans(Function<MessageId, Optional<TraceParent>> stored) {
        this.stored = stored;
    }

    /** The span; empty if the message had none, is unknown, or cannot be read now. */
    Optional<TraceParent> of(MessageId message) {
        synchronized (recent) {
            Optional<TraceParent> known = recent.get(message);
            if (known != null) {
                return known;
            }
        }
        Optional<TraceParent> read;
        try {
            read = stored.apply(message);
        } catch (RuntimeException e) {
            return Optional.empty();
        }
        remember(message, read);
        return read;
    }

    /** It was sent in this span, or in none. */
    void remember(MessageId message, Optional<TraceParent> sender) {
        synchronized (recent) {
            recent.put(message, sender);
        }
    }
}
