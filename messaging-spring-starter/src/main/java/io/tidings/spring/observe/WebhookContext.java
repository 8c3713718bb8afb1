package io.tidings.spring.observe;

import io.micrometer.observation.Observation;

/** One request of the provider. What it says is kept apart: it holds numbers and texts. */
public final class WebhookContext extends Observation.Context {
    private final Kind kind;
    private int status;

    WebhookContext(Kind kind) {
        this.kind = kind;
    }

    /** What the provider calls about. */
    public enum Kind {
        /** What became of an attempt. */
        STATUS,
        /** What a person wrote. */
        INBOUND,
        /** Neither, by its address. */
        OTHER
    }

    /** What it is about, by its address. */
    public Kind kind() {
        return kind;
    }

    /** The HTTP status of the answer; zero before that. */
    public int status() {
        return status;
    }

    void ended(int answered) {
        this.status = answered;
    }
}
