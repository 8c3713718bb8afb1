package io.tidings.spring.observe;

import io.tidings.Tidings;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/** What waits on this node's store, and the switch by which an operator lets nothing leave this node. */
@Endpoint(id = "tidings")
final class TidingsEndpoint {
    private final Pulse pulse;

    TidingsEndpoint(Pulse pulse) {
        this.pulse = pulse;
    }

    /** What to do with the sending of this node. */
    enum Switch {
        /** Nothing leaves. */
        PAUSE,
        /** Messages leave again. */
        RESUME
    }

    @ReadOperation
    Report report() {
        Tidings tidings = pulse.tidings();
        Optional<Reading> reading = pulse.latest();
        Map<String, Long> messages = new TreeMap<>();
        reading.ifPresent(read -> read.messages().forEach((status, count) -> messages.put(status.name(), count)));
        return new Report(
                messages,
                reading.map(read -> read.lag().toString()).orElse(null),
                tidings.isWorking(),
                tidings.standstill().orElse(null));
    }

    /** The reason is kept in the audit trail. */
    @WriteOperation
    Report turn(@Selector Switch turn, String reason) {
        if (turn == Switch.PAUSE) {
            pulse.tidings().pause(reason);
        } else {
            pulse.tidings().resume(reason);
        }
        return report();
    }

    /**
     * What the endpoint answers.
     *
     * @param messages how many messages have each status
     * @param lag how long the message has been due that waits longest, in ISO form
     * @param working whether this node hands messages to the provider
     * @param standstill why nothing leaves at the moment
     */
    record Report(
            Map<String, Long> messages,
            @Nullable String lag,
            boolean working,
            @Nullable String standstill) implements OperationResponseBody {}
}
