package io.tidings.outbox;

import io.tidings.consent.ConsentEntry;
import io.tidings.consent.ConsentScope;
import io.tidings.consent.Evidence;
import io.tidings.history.Attempt;
import io.tidings.history.StoredMessage;
import io.tidings.message.AttemptId;
import io.tidings.message.Failure;
import io.tidings.message.MessageStatus;
import io.tidings.message.OutboundMessage;
import io.tidings.message.Sender;
import io.tidings.retry.Pause;
import io.tidings.retry.RetryDecision;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What a decision about a message causes beside the message: pauses, opt-outs, questions and looks. */
final class Consequences {
    private final Stores stores;
    private final PollPlan polls;
    private final AtomicReference<@Nullable Standstill> standstill = new AtomicReference<>();

    Consequences(Stores stores, PollPlan polls) {
        this.stores = stores;
        this.polls = polls;
    }

    void onStandstill(Standstill listener) {
        standstill.set(listener);
    }

    /** From now on evidence is looked for; the first look only makes the plan. */
    void doubt(AttemptId attempt) {
        stores.doubts().lookAfter(attempt, Duration.ZERO, 0);
    }

    /** What the end of a message means for its recipient and its sender. */
    void end(StoredMessage stored, RetryDecision.GiveUp giveUp, Instant now) {
        if (giveUp.suppressRecipient()) {
            suppress(stored, giveUp.failure(), now);
        }
        pause(stored, giveUp);
    }

    /** Asks about an attempt from time to time, until its end is known. */
    void watch(Attempt attempt, MessageStatus status) {
        if (status.isTerminal()) {
            stores.attempts().stopPolling(attempt.id());
        } else if (!polls.waits().isEmpty()) {
            stores.attempts().pollAfter(attempt.id(), polls.waits().get(0), 0);
        }
    }

    /** Lets a sender or an account stand still, if the decision says so. */
    void pause(StoredMessage stored, RetryDecision decision) {
        Pause pause = decision.pause();
        Standstill listener = standstill.get();
        if (listener == null || pause.scope() == Pause.Scope.NONE) {
            return;
        }
        SenderKey sender = SenderKey.of(stored);
        Failure why = causeOf(decision);
        stores.transactions().afterCommit(() -> {
            if (pause.scope() == Pause.Scope.SENDER) {
                listener.pauseSender(sender, pause.atLeast());
            } else {
                listener.pauseAccount(sender, pause.atLeast(), why);
            }
        });
    }

    static Failure causeOf(RetryDecision decision) {
        return decision instanceof RetryDecision.TryAgain again
                ? again.cause()
                : ((RetryDecision.GiveUp) decision).failure();
    }

    /** Twilio's block is about a pair of recipient and sender, or of recipient and messaging service. */
    void suppress(StoredMessage stored, Failure failure, Instant now) {
        OutboundMessage message = stored.message();
        Sender sender = Objects.requireNonNull(message.from());
        String reference = "error " + failure.code() + "/" + stored.id();
        Evidence evidence = new Evidence(
                Evidence.Source.PROVIDER_ERROR,
                "the provider",
                null,
                reference,
                new Evidence.Route(sender, message.channel()));
        ConsentScope scope = ConsentScope.of(message.tenant()).from(sender).on(message.channel());
        stores.consent().append(new ConsentEntry(scope, message.to(), ConsentEntry.Kind.OPT_OUT, evidence, now));
    }
}
