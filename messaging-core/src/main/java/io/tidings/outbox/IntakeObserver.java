package io.tidings.outbox;

import io.tidings.message.OutboundMessage;
import java.util.List;
import java.util.function.Function;

/**
 * Stands around every call that takes messages in, for traces and measures: on the caller's thread and in the caller's
 * transaction, which may still roll back.
 */
@FunctionalInterface
public interface IntakeObserver {

    /**
     * Calls the rest once, and hands on what it answers or throws. The messages that it gives to the rest may bear another
     * {@link OutboundMessage#withTrace trace}, and differ in nothing else.
     */
    List<Receipt> observe(List<OutboundMessage> messages, Function<List<OutboundMessage>, List<Receipt>> rest);

    /** Looks at nothing. */
    static IntakeObserver none() {
        return (messages, rest) -> rest.apply(messages);
    }
}
