package io.tidings.spring.observe;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/** Names and keys of the observation {@code tidings.status}; a bean of this type replaces the default. */
public interface StatusConvention extends ObservationConvention<StatusContext> {

    @Override
    default boolean supportsContext(Observation.Context context) {
        return context instanceof StatusContext;
    }
}
