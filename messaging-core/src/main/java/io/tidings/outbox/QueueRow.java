package io.tidings.outbox;

import io.tidings.history.StoredMessage;
import io.tidings.history.TryCount;
import io.tidings.message.AttemptId;
import io.tidings.message.Content;
import io.tidings.message.Failure;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message that waits, is in the air, or is held because its outcome is unknown.
 *
 * @param stored what never changes
 * @param state which of the three
 * @param notBefore when it is due
 * @param tries how many attempts it has had
 * @param lastFailure why the last attempt did not do it, or {@code null}
 */
public record QueueRow(
        StoredMessage stored,
        State state,
        Instant notBefore,
        TryCount tries,
        @Nullable Failure lastFailure) {

    /** Where a waiting message is. */
    public enum State {
        /** Due now or later. */
        QUEUED,
        /** An attempt is committed. */
        SENDING,
        /** The newest attempt may have reached the provider; nothing is sent until that is known. */
        UNCERTAIN
    }

    /** The newest attempt; only for a message that has had one. */
    public AttemptId attempt() {
        return new AttemptId(stored.id(), tries.attempts());
    }

    /** The attempt that would come next. */
    public AttemptId nextAttempt() {
        return new AttemptId(stored.id(), tries.attempts() + 1);
    }

    /** The same with another content, for the wire only: what is stored stays. */
    public QueueRow carrying(Content content) {
        if (content.equals(stored.message().content())) {
            return this;
        }
        StoredMessage carried = new StoredMessage(
                stored.id(),
                stored.message().withContent(content),
                stored.account(),
                stored.segments(),
                stored.acceptedAt(),
                stored.expiresAt(),
                stored.template(),
                stored.resendOf());
        return new QueueRow(carried, state, notBefore, tries, lastFailure);
    }

    QueueRow begun() {
        return new QueueRow(stored, State.SENDING, notBefore, tries.begin(), lastFailure);
    }

    QueueRow uncertain() {
        return new QueueRow(stored, State.UNCERTAIN, notBefore, tries, lastFailure);
    }

    QueueRow queued(Instant due, TryCount after, @Nullable Failure why) {
        return new QueueRow(stored, State.QUEUED, due, after, why);
    }
}
