package io.tidings.spring.observe;

import io.micrometer.observation.Observation;
import io.tidings.provider.Outcome;
import io.tidings.provider.Submission;
import org.jspecify.annotations.Nullable;

/** One request to the provider that hands a message over. */
public final class DeliverContext extends Observation.Context {
    private final Submission submission;
    private final boolean live;
    private @Nullable Outcome outcome;

    DeliverContext(Submission submission, boolean live) {
        this.submission = submission;
        this.live = live;
    }

    /** What was handed over. Its number and content belong in no key. */
    public Submission submission() {
        return submission;
    }

    /** Whether real people get it. */
    public boolean isLive() {
        return live;
    }

    /** How it ended; {@code null} before that. */
    public @Nullable Outcome outcome() {
        return outcome;
    }

    void ended(Outcome how) {
        this.outcome = how;
    }
}
