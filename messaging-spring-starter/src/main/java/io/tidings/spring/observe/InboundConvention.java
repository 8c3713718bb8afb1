package io.tidings.spring.observe;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/** Names and keys of the observation {@code tidings.inbound}; a bean of this type replaces the default. */
public interface InboundConvention extends ObservationConvention<InboundContext> {

    @Override
    default boolean supportsContext(Observation.Context context) {
        return context instanceof InboundContext;
    }
}
