package io.tidings.consent;

import io.tidings.message.PhoneNumber;
import io.tidings.message.TenantId;
import java.util.List;

/**
 * The append-only ledger of opt-outs and opt-ins. Writing joins the caller's transaction.
 *
 * <p>Implementations are safe for use by many threads and throw {@link io.tidings.message.StoreUnavailableException} if
 * the ledger cannot be read: nobody is texted on a guess.
 */
public interface ConsentStore {

    /** Appends an entry. */
    void append(ConsentEntry entry);

    /** All entries for a number, oldest first. */
    List<ConsentEntry> entries(TenantId tenant, PhoneNumber number);
}
