package io.tidings.outbox;

import io.tidings.history.MessageRow;
import io.tidings.history.TryCount;
import io.tidings.retry.RetryDecision;
import java.time.Instant;

/** Applies a decision to a message in the queue. */
final class InQueue implements RetryDecision.Cases<Boolean> {
    private final Stores stores;
    private final Consequences consequences;
    private final QueueRow row;
    private final Instant now;

    InQueue(Stores stores, Consequences consequences, QueueRow row, Instant now) {
        this.stores = stores;
        this.consequences = consequences;
        this.row = row;
        this.now = now;
    }

    @Override
    public Boolean follow(RetryDecision.Follow follow) {
        throw new IllegalStateException("an accepted attempt is followed, not decided about");
    }

    @Override
    public Boolean tryAgain(RetryDecision.TryAgain again) {
        TryCount tries = again.countsAgainstBudget() ? row.tries().charge() : row.tries();
        return stores.work().settle(new Settled.TryAgain(row.attempt(), again.delay(), tries, again.cause()));
    }

    @Override
    public Boolean giveUp(RetryDecision.GiveUp giveUp) {
        boolean left = stores.work().settle(new Settled.Leave(row.attempt()));
        if (left) {
            stores.history()
                    .save(new MessageRow(
                            row.stored(), giveUp.status(), row.tries().charge(), giveUp.failure(), now));
            stores.attempts().stopPolling(row.attempt());
            if (giveUp.suppressRecipient()) {
                consequences.suppress(row.stored(), giveUp.failure(), now);
            }
        }
        return left;
    }

    @Override
    public Boolean hold(RetryDecision.Hold hold) {
        boolean held = stores.work().settle(new Settled.Hold(row.attempt()));
        if (held) {
            consequences.doubt(row.attempt());
        }
        return held;
    }
}
