package io.tidings.spring.observe;

import io.tidings.jdbc.SchemaState;
import io.tidings.message.MessageStatus;
import io.tidings.message.TidingsException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was read of the queue and the tables.
 *
 * @param messages how many messages have each status
 * @param lag how long the message has been due that waits longest
 * @param schema the tables, if messages are in a database
 * @param trouble why nothing could be read, or {@code null} if it could
 */
record Reading(
        Map<MessageStatus, Long> messages,
        Duration lag,
        @Nullable SchemaState schema,
        @Nullable String trouble) {

    Reading {
        messages = Map.copyOf(messages);
    }

    static Reading failed(RuntimeException e) {
        // The class alone where the words are not ours: a driver may quote what it was given.
        String what = e instanceof TidingsException
                ? String.valueOf(e.getMessage())
                : e.getClass().getSimpleName();
        return new Reading(Map.of(), Duration.ZERO, null, what);
    }

    long count(MessageStatus status) {
        return messages.getOrDefault(status, 0L);
    }
}
