package io.tidings.spring.observe;

import io.micrometer.observation.Observation;
import io.tidings.inbound.Reply;
import io.tidings.message.InboundMessage;
import org.jspecify.annotations.Nullable;

/** One call of a handler with a message from a person. */
public final class InboundContext extends Observation.Context {
    private final InboundMessage message;
    private @Nullable Reply reply;

    InboundContext(InboundMessage message) {
        this.message = message;
    }

    /** What the person wrote. Its numbers and words belong in no key. */
    public InboundMessage message() {
        return message;
    }

    /** What the handler returned; {@code null} before that, and after a failure. */
    public @Nullable Reply reply() {
        return reply;
    }

    void ended(@Nullable Reply returned) {
        this.reply = returned;
    }
}
