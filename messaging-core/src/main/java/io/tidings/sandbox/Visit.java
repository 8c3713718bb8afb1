package io.tidings.sandbox;

import org.jspecify.annotations.Nullable;

/**
 * Who comes, and what strikes the request.
 *
 * @param caller by the credentials
 * @param strike if one was drawn
 */
record Visit(Accounts.Caller caller, @Nullable Strike strike) {
    boolean isLive() {
        return caller.isLive();
    }

    boolean queueFull() {
        return strike != null && strike.fault() instanceof Fault.QueueFull;
    }

    LogEntry.@Nullable Harm harm() {
        return strike == null ? null : strike.harm();
    }
}
