package io.tidings.provider;

import java.time.Instant;
import java.util.Optional;

/** A provider that dates its answers, so that its clock can be compared with ours. */
public interface ProviderClock {

    /**
     * The provider's time now, exact to about a second: as its newest answer was dated, carried on since. Empty before the
     * first answer, and where the dates of answers say nothing about those of messages.
     */
    Optional<Instant> now();
}
