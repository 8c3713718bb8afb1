package io.tidings.spring.observe;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/** Names and keys of the observation {@code tidings.webhook}; a bean of this type replaces the default. */
public interface WebhookConvention extends ObservationConvention<WebhookContext> {

    @Override
    default boolean supportsContext(Observation.Context context) {
        return context instanceof WebhookContext;
    }
}
