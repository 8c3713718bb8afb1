package io.tidings.consent;

import io.tidings.message.Person;
import io.tidings.message.TenantId;
import java.util.List;
import java.util.Set;

/**
 * The append-only ledger of what people said about being texted. Writing joins the caller's transaction.
 *
 * <p>Implementations are safe for use by many threads and throw {@link io.tidings.message.StoreUnavailableException} if
 * the ledger cannot be read: nobody is texted on a guess.
 */
public interface ConsentStore {

    /**
     * Appends an entry. Returns false, and keeps nothing, if the tenant's ledger has an entry with the same reference
     * already, also of somebody who was erased since; a duplicate never fails the transaction.
     */
    boolean append(ConsentEntry entry);

    /**
     * All entries about a person in the order in which they were appended: those with the number, and those of the erased
     * that are kept under one of the hashes.
     */
    List<ConsentEntry> entries(TenantId tenant, Person person);

    /**
     * Erases a person: number and words go, the entries stay under the person's first hash, also those that were kept
     * under another one. Returns how many entries had the number.
     */
    int forget(TenantId tenant, Person person);

    /** The ids of the keys whose hashes are in the ledger: without those keys the erased are not recognised. */
    Set<String> keyIds();
}
