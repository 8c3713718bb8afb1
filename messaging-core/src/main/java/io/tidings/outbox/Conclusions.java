package io.tidings.outbox;

import io.tidings.history.Attempt;
import io.tidings.history.AttemptStore.Merged;
import io.tidings.history.MessageRow;
import io.tidings.history.StoredMessage;
import io.tidings.history.TryCount;
import io.tidings.message.AttemptStatus;
import io.tidings.message.MessageStatus;
import io.tidings.outbox.QueueRow.State;
import io.tidings.retry.RetryDecision;
import io.tidings.retry.Tries;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What follows for a message from what the provider is known to have done with its attempts. Whether it moves the message
 * is guarded by the attempt's number. Runs inside the settler's transactions.
 */
final class Conclusions {
    private static final RetryDecision FOLLOW = new RetryDecision.Follow();

    private final Stores stores;
    private final Policies policies;
    private final Consequences consequences;
    private final RandomGenerator random;

    Conclusions(Stores stores, Policies policies, Consequences consequences, RandomGenerator random) {
        this.stores = stores;
        this.policies = policies;
        this.consequences = consequences;
        this.random = random;
    }

    /** Whether no attempt of the message was begun after this one. */
    static boolean isNewest(Attempt attempt, TryCount tries) {
        return tries.attempts() == attempt.id().number();
    }

    /** An observation changed what is known of an attempt, or contradicts it. */
    void reported(Merged merged, Instant now) {
        Attempt attempt = merged.after();
        Optional<QueueRow> waiting = stores.outbox().find(attempt.id().message());
        if (waiting.isEmpty()) {
            stores.history().find(attempt.id().message()).ifPresent(row -> amend(row, merged, now));
            return;
        }
        QueueRow row = waiting.get();
        if (!isNewest(attempt, row.tries())) {
            if (attempt.lives()) {
                livesAfterAll(row, attempt, now);
            }
        } else if (row.state() == State.QUEUED) {
            reconsider(row, attempt, now);
        } else {
            conclude(row, attempt, now);
        }
    }

    /**
     * The provider has an earlier attempt, so whatever the newest one is at, nothing is sent again. So no attempt of a
     * message in the queue lives.
     */
    private void livesAfterAll(QueueRow row, Attempt attempt, Instant now) {
        if (row.state() == State.QUEUED) {
            stores.outbox().withdraw(row.stored().id()).ifPresent(gone -> follow(gone, gone.tries(), attempt, now));
        } else if (stores.work().settle(new Settled.Leave(row.attempt()))) {
            follow(row, row.tries().charge(), attempt, now);
            consequences.doubt(row.attempt());
        }
    }

    /** More is known of the attempt than when the next one was planned: the plan may be wrong by now. */
    private void reconsider(QueueRow row, Attempt attempt, Instant now) {
        RetryDecision decision = decide(row.stored(), OutOfQueue.uncharged(row.tries()), attempt, now);
        if (decision instanceof RetryDecision.Follow) {
            stores.outbox().withdraw(row.stored().id()).ifPresent(gone -> follow(gone, gone.tries(), attempt, now));
        } else if (decision instanceof RetryDecision.GiveUp giveUp) {
            stores.outbox().withdraw(row.stored().id()).ifPresent(gone -> {
                save(new MessageRow(gone.stored(), giveUp.status(), gone.tries(), giveUp.failure(), now));
                consequences.ended(attempt);
                consequences.end(gone.stored(), giveUp, now);
            });
        }
    }

    /** What follows a report. Reports that contradict each other prove too little to send once more. */
    private RetryDecision decide(StoredMessage stored, TryCount before, Attempt attempt, Instant now) {
        RetryDecision decision = policies.of(stored)
                .afterReport(attempt.status(), attempt.errorCode(), tries(stored, before, now), random);
        return attempt.conflict() ? lastWord(decision, attempt) : decision;
    }

    /** The attempt of a message in the queue is known at the provider. */
    void conclude(QueueRow row, Attempt attempt, Instant now) {
        RetryDecision decision = decide(row.stored(), row.tries(), attempt, now);
        if (decision instanceof RetryDecision.Follow) {
            if (stores.work().settle(new Settled.Leave(attempt.id()))) {
                follow(row, row.tries().charge(), attempt, now);
            }
        } else {
            apply(row, decision, now);
            consequences.ended(attempt);
        }
    }

    private void follow(QueueRow row, TryCount tries, Attempt attempt, Instant now) {
        MessageStatus status = Truth.of(attempt.status());
        save(new MessageRow(row.stored(), status, tries, null, now));
        consequences.watch(attempt, status);
    }

    /** A message that has left the queue is known better now. It stands with the best of its attempts. */
    private void amend(MessageRow row, Merged merged, Instant now) {
        Attempt attempt = merged.after();
        if (attempt.status().isTerminal()) {
            consequences.ended(attempt);
        }
        List<Attempt> others = stores.attempts().attempts(attempt.id().message()).stream()
                .filter(other -> !other.id().equals(attempt.id()))
                .toList();
        boolean newest = isNewest(attempt, row.tries());
        boolean open = !row.status().isTerminal() || (newest && attempt.conflict() && Truth.isProvidersEnd(row));
        if (!attempt.hasFailed()) {
            boolean reconsidered = newest && open;
            RetryDecision decision =
                    reconsidered ? decide(row.stored(), OutOfQueue.uncharged(row.tries()), attempt, now) : FOLLOW;
            decision.match(new OutOfQueue(stores, consequences, row, merged, now));
        } else if (others.stream().anyMatch(Attempt::lives)) {
            failedBesideAnother(row, attempt, now);
        } else if (open) {
            boolean proved = newest || others.stream().allMatch(Conclusions::isNoReasonToStop);
            RetryDecision decision = decide(row.stored(), OutOfQueue.uncharged(row.tries()), attempt, now);
            (proved ? decision : lastWord(decision, attempt))
                    .match(new OutOfQueue(stores, consequences, row, merged, now));
        } else if (newest && Truth.isOurs(row.status())) {
            RetryDecision decision = decide(row.stored(), OutOfQueue.uncharged(row.tries()), attempt, now);
            lastWord(decision, attempt).match(new OutOfQueue(stores, consequences, row, merged, now));
        }
    }

    /** The message stands with the other attempt; what the failure says of sender and recipient holds all the same. */
    private void failedBesideAnother(MessageRow row, Attempt attempt, Instant now) {
        RetryDecision decision =
                lastWord(decide(row.stored(), OutOfQueue.uncharged(row.tries()), attempt, now), attempt);
        if (decision instanceof RetryDecision.GiveUp giveUp) {
            consequences.end(row.stored(), giveUp, now);
        }
    }

    /** Proved not to be a copy; and what somebody cancelled at the provider is not sent again. */
    private static boolean isNoReasonToStop(Attempt other) {
        return other.status().isUnprocessed() || (other.hasFailed() && other.status() != AttemptStatus.CANCELED);
    }

    /** The same decision where one more attempt could be a second copy. */
    private static RetryDecision lastWord(RetryDecision decision, Attempt attempt) {
        return decision instanceof RetryDecision.TryAgain again
                ? new RetryDecision.GiveUp(Truth.of(attempt.status()), again.cause(), again.pause(), false)
                : decision;
    }

    /** Does to a message in the queue what the policy decided. */
    void apply(QueueRow row, RetryDecision decision, Instant now) {
        decision.match(new InQueue(stores, consequences, row, now));
        consequences.pause(row.stored(), decision);
    }

    /** What the policy is told of a message's tries. */
    Tries tries(StoredMessage stored, TryCount count, Instant now) {
        return new Tries(stored.message().category(), count.attempts(), count.counted(), now, stored.expiresAt());
    }

    private void save(MessageRow row) {
        stores.history().save(row);
    }
}
