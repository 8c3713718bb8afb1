package io.tidings.access;

import io.tidings.message.PhoneNumber;
import io.tidings.message.TenantId;
import java.util.List;
import java.util.Optional;

/** Keeps keys. Writing joins the caller's transaction; times are the store's. Safe for use by many threads. */
public interface AccessKeyStore {

    /** Keeps a key made now by this one. Returns false, and changes nothing, if its id was ever taken. */
    boolean add(AccessKey.Draft draft, String createdBy);

    /** The key of this id, expired and revoked ones too. */
    Optional<AccessKey> find(String id);

    /** All keys by their ids, expired and revoked ones too. */
    List<AccessKey> all();

    /** Takes a key back now. Returns false, and changes nothing, if there is none or it was taken back before. */
    boolean revoke(String id);

    /** A key was used now; that is written if the last time was a minute ago or more. */
    void used(String id);

    /** Keys of this tenant, and those of all tenants, that have the number among their guests; revoked ones too. By their ids. */
    List<AccessKey> inviting(TenantId tenant, PhoneNumber guest);

    /** Takes the number out of the guests of all those keys, and returns how many those were. */
    int uninvite(TenantId tenant, PhoneNumber guest);
}
