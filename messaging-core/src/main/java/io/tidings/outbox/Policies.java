package io.tidings.outbox;

import io.tidings.history.StoredMessage;
import io.tidings.message.OutboundMessage;
import io.tidings.message.TenantId;
import io.tidings.retry.RetryPolicy;
import java.util.Optional;
import java.util.function.Function;

/** The retry policy of each message: the host's, with the attempts that its tenant has set. */
final class Policies {
    private final RetryPolicy retry;
    private volatile Function<TenantId, Optional<Integer>> ownAttempts = tenant -> Optional.empty();

    Policies(RetryPolicy retry) {
        this.retry = retry;
    }

    void ask(Function<TenantId, Optional<Integer>> settings) {
        ownAttempts = settings;
    }

    RetryPolicy of(StoredMessage stored) {
        OutboundMessage message = stored.message();
        return ownAttempts
                .apply(message.tenant())
                .map(attempts -> retry.withAttempts(message.category(), attempts))
                .orElse(retry);
    }
}
