package io.tidings.outbox;

import io.tidings.history.Observation;
import io.tidings.message.AttemptId;
import java.util.function.BooleanSupplier;

/**
 * Stands around everything that the provider reports about an attempt after its answer, by a callback, to a poll or in a
 * list, for traces and measures: on the thread that brings the report, before its transaction begins unless the caller has
 * one.
 */
@FunctionalInterface
public interface ReportObserver {

    /**
     * Calls the rest once, and hands on what it answers or throws.
     *
     * @param rest merges the report; false if there is no such attempt
     */
    boolean observe(AttemptId attempt, Observation seen, BooleanSupplier rest);

    /** Looks at nothing. */
    static ReportObserver none() {
        return (attempt, seen, rest) -> rest.getAsBoolean();
    }
}
