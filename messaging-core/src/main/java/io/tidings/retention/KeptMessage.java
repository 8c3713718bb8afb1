package io.tidings.retention;

import io.tidings.gate.GateRecord;
import io.tidings.outbox.Explanation.Story;
import io.tidings.outbox.MessageView;
import io.tidings.outbox.Stores;
import java.util.List;

/**
 * A message with everything that is kept of it.
 *
 * @param message as it stands
 * @param attempts each with what was seen of it
 * @param decisions what the gates said
 */
public record KeptMessage(MessageView message, List<Story> attempts, List<GateRecord> decisions) {
    /** Copies the lists. */
    public KeptMessage {
        attempts = List.copyOf(attempts);
        decisions = List.copyOf(decisions);
    }

    static KeptMessage of(MessageView message, Stores stores) {
        List<Story> attempts = stores.attempts().attempts(message.id()).stream()
                .map(attempt -> new Story(attempt, stores.attempts().observations(attempt.id())))
                .toList();
        return new KeptMessage(message, attempts, stores.decisions().decisions(message.id()));
    }
}
