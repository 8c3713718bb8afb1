package io.tidings.outbox;

import io.tidings.history.Attempt;
import io.tidings.history.AttemptStore.Merged;
import io.tidings.history.MessageRow;
import io.tidings.history.TryCount;
import io.tidings.message.MessageStatus;
import io.tidings.outbox.QueueRow.State;
import io.tidings.retry.RetryDecision;
import java.time.Instant;

/** Applies a report to a message that has left the queue. */
final class OutOfQueue implements RetryDecision.Cases<Boolean> {
    private final Stores stores;
    private final Consequences consequences;
    private final MessageRow row;
    private final Attempt attempt;
    private final boolean isNews;
    private final Instant now;

    OutOfQueue(Stores stores, Consequences consequences, MessageRow row, Merged merged, Instant now) {
        this.stores = stores;
        this.consequences = consequences;
        this.row = row;
        this.attempt = merged.after();
        this.isNews = !merged.before().status().isProviderFact();
        this.now = now;
    }

    @Override
    public Boolean follow(RetryDecision.Follow follow) {
        MessageStatus told = Truth.of(attempt.status());
        MessageStatus better = isOutweighed() ? told : Truth.better(row.status(), told);
        if (better != row.status()) {
            stores.history().save(row.with(better, attempt.hasFailed() ? row.failure() : null, now));
        }
        if (Truth.isOurs(row.status()) || (isNews && !better.isTerminal())) {
            consequences.watch(attempt, better);
        }
        return true;
    }

    /** The message ended by the failure of a later attempt, and this one lives: so it reached the provider after all. */
    private boolean isOutweighed() {
        boolean byAnother = row.tries().attempts() > attempt.id().number();
        boolean failed = row.status() == MessageStatus.FAILED || row.status() == MessageStatus.UNDELIVERED;
        return byAnother && failed && attempt.lives();
    }

    @Override
    public Boolean tryAgain(RetryDecision.TryAgain again) {
        stores.history().remove(row.stored().id());
        TryCount before = uncharged(row.tries());
        TryCount tries = again.countsAgainstBudget() ? before.charge() : before;
        Instant due = now.plus(again.delay());
        stores.outbox().reopen(new QueueRow(row.stored(), State.QUEUED, due, tries, again.cause()));
        consequences.pause(row.stored(), again);
        return true;
    }

    @Override
    public Boolean giveUp(RetryDecision.GiveUp giveUp) {
        boolean known = giveUp.status() == row.status() && giveUp.failure().equals(row.failure());
        if (!known) {
            stores.history().save(row.with(giveUp.status(), giveUp.failure(), now));
            consequences.end(row.stored(), giveUp, now);
        }
        return true;
    }

    @Override
    public Boolean hold(RetryDecision.Hold hold) {
        throw new IllegalStateException("the provider reported a status, so nothing is uncertain");
    }

    /** The budget as it was before the attempt that now turns out to have failed. */
    static TryCount uncharged(TryCount tries) {
        return new TryCount(tries.attempts(), Math.max(0, tries.counted() - 1));
    }
}
