package io.tidings.spring.observe;

import io.micrometer.observation.Observation;
import io.tidings.message.AttemptId;
import io.tidings.message.TraceParent;
import org.jspecify.annotations.Nullable;

/** One report of the provider about an attempt. Its raw parameters belong in no key. */
public final class StatusContext extends Observation.Context {
    private final AttemptId attempt;
    private final io.tidings.history.Observation seen;
    private final @Nullable TraceParent sender;
    private @Nullable Boolean known;

    StatusContext(AttemptId attempt, io.tidings.history.Observation seen, @Nullable TraceParent sender) {
        this.attempt = attempt;
        this.seen = seen;
        this.sender = sender;
    }

    /** What was reported about. */
    public AttemptId attempt() {
        return attempt;
    }

    /** What was reported, and how it came: by a callback, to a poll, in a list. */
    public io.tidings.history.Observation seen() {
        return seen;
    }

    /** The span in which the message was sent; {@code null} if it had none. */
    public @Nullable TraceParent sender() {
        return sender;
    }

    /** Whether there is such an attempt; {@code null} before the end, and after a failure. */
    public @Nullable Boolean known() {
        return known;
    }

    void ended(boolean found) {
        this.known = found;
    }
}
