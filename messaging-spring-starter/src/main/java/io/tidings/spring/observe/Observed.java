package io.tidings.spring.observe;

import io.micrometer.observation.Observation;
import io.tidings.message.WordlessTrace;

/** What runs inside an observation. What it throws is observed without its words: they may quote a number or a text. */
final class Observed {
    private Observed() {}

    /** Starts the observation, calls, and stops it. */
    static <T, E extends Throwable> T call(Observation observation, Observation.CheckedCallable<T, E> work) throws E {
        observation.start();
        Observation.Scope scope = observation.openScope();
        try {
            return work.call();
        } catch (Throwable e) {
            observation.error(WordlessTrace.of(e));
            throw e;
        } finally {
            scope.close();
            observation.stop();
        }
    }
}
