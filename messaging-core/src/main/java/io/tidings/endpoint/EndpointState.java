package io.tidings.endpoint;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How an endpoint is doing.
 *
 * @param failingFor how long every delivery to it has failed, or {@code null} if the last one succeeded
 * @param disabled why nothing is delivered to it, or {@code null} if it is enabled
 */
public record EndpointState(
        @Nullable Duration failingFor, @Nullable String disabled) {
    /** Enabled, and nothing has failed. */
    public static final EndpointState WELL = new EndpointState(null, null);
}
