package io.tidings.gate;

import io.tidings.message.PhoneNumber;
import io.tidings.message.TenantId;
import java.time.ZoneId;
import java.util.Set;

/**
 * What the host knows about the time zones of its recipients, for example from their profile. It answers from memory,
 * because it is asked inside transactions, and is safe for use by many threads. If it throws, the message is held back.
 */
@FunctionalInterface
public interface RecipientZones {

    /** The zones the recipient can be in; several if it is not certain, none if the host does not know. */
    Set<ZoneId> zones(TenantId tenant, PhoneNumber recipient);

    /** Knows nobody. */
    static RecipientZones unknown() {
        return (tenant, recipient) -> Set.of();
    }
}
