package io.tidings.outbox;

import io.tidings.history.TryCount;
import io.tidings.message.AttemptId;
import io.tidings.message.Failure;
import io.tidings.message.MessageId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A guarded change of a queue row. */
public sealed interface Settled {

    /** The message. */
    MessageId message();

    /** The attempt is over and the message leaves the queue; the row must be SENDING or UNCERTAIN with this attempt. */
    record Leave(AttemptId attempt) implements Settled {
        @Override
        public MessageId message() {
            return attempt.message();
        }
    }

    /** The attempt is over and the message waits for another one. Same guard as {@link Leave}. */
    record TryAgain(
            AttemptId attempt,
            Duration pause,
            TryCount tries,
            @Nullable Failure failure) implements Settled {
        @Override
        public MessageId message() {
            return attempt.message();
        }
    }

    /** The outcome is unknown: the message is held. The row must be SENDING with this attempt. */
    record Hold(AttemptId attempt) implements Settled {
        @Override
        public MessageId message() {
            return attempt.message();
        }
    }

    /** A gate put the waiting message off. The row must be QUEUED. */
    record Delay(MessageId message, Duration pause) implements Settled {}
}
