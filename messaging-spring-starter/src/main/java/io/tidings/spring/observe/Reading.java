package io.tidings.spring.observe;

import io.tidings.endpoint.EndpointView;
import io.tidings.jdbc.SchemaState;
import io.tidings.message.MessageStatus;
import io.tidings.message.TidingsException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was read of the queue and the tables.
 *
 * @param messages how many messages have each status
 * @param lag how long the message has been due that waits longest
 * @param schema the tables, if messages are in a database
 * @param endpoints how endpoints of outgoing webhooks are doing
 * @param trouble why nothing could be read, or {@code null} if it could
 */
record Reading(
        Map<MessageStatus, Long> messages,
        Duration lag,
        @Nullable SchemaState schema,
        List<EndpointView> endpoints,
        @Nullable String trouble) {

    Reading {
        messages = Map.copyOf(messages);
        endpoints = List.copyOf(endpoints);
    }

    static Reading failed(RuntimeException e) {
        // The class alone where the words are not ours: a driver may quote what it was given.
        String what = e instanceof TidingsException
                ? String.valueOf(e.getMessage())
                : e.getClass().getSimpleName();
        return new Reading(Map.of(), Duration.ZERO, null, List.of(), what);
    }

    Optional<EndpointView> endpoint(String name) {
        return endpoints.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    long count(MessageStatus status) {
        return messages.getOrDefault(status, 0L);
    }
}
