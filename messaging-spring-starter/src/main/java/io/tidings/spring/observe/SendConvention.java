package io.tidings.spring.observe;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/** Names and keys of the observation {@code tidings.send}; a bean of this type replaces the default. */
public interface SendConvention extends ObservationConvention<SendContext> {

    @Override
    default boolean supportsContext(Observation.Context context) {
        return context instanceof SendContext;
    }
}
