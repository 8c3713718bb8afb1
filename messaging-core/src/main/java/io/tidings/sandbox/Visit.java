package io.tidings.sandbox;

import org.jspecify.annotations.Nullable;

/**
 * Who comes, and what strikes the request.
 *
 * @param caller by the credentials
 * @param fault if one was taken
 */
record Visit(Account.Caller caller, @Nullable Fault fault) {
    boolean isLive() {
        return caller == Account.Caller.LIVE;
    }

    boolean queueFull() {
        return fault instanceof Fault.QueueFull;
    }

    @Nullable
    String faultName() {
        return fault == null ? null : fault.getClass().getSimpleName();
    }
}
