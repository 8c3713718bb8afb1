package io.tidings.spring.observe;

import io.micrometer.observation.Observation;
import io.tidings.message.OutboundMessage;
import io.tidings.outbox.Receipt;
import java.util.List;

/** One call that takes messages in. */
public final class SendContext extends Observation.Context {
    private final List<OutboundMessage> messages;
    private List<Receipt> receipts = List.of();

    SendContext(List<OutboundMessage> messages) {
        this.messages = List.copyOf(messages);
    }

    /** What the caller gave. Numbers, contents, keys and the values of tags belong in no key. */
    public List<OutboundMessage> messages() {
        return messages;
    }

    /** What the caller was given back, in the order of the messages; empty before that, and after a mistake. */
    public List<Receipt> receipts() {
        return receipts;
    }

    void ended(List<Receipt> given) {
        this.receipts = List.copyOf(given);
    }
}
