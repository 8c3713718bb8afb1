package io.tidings.access;

import io.tidings.audit.Action;
import io.tidings.audit.AuditEntry;
import io.tidings.audit.AuditLog;
import java.util.List;
import java.util.Optional;

/** The keys by which other programs are let in, made and taken back by people. Safe for use by many threads. */
public final class AccessKeys {
    private final AccessKeyStore store;
    private final AuditLog acts;

    /** Over this store; changes are recorded in this log. */
    public AccessKeys(AccessKeyStore store, AuditLog acts) {
        this.store = store;
        this.acts = acts;
    }

    /**
     * Makes a key; whoever calls has made its secret and keeps nothing of it. Joins the current transaction; audited.
     *
     * @throws IllegalStateException if the id was ever taken: the audit trail names keys by it
     */
    public AccessKey create(AccessKey.Draft draft, String reason) {
        return acts.transactions().run(() -> {
            AuditLog.Draft act = acts.act(Action.KEY_CREATED).reason(reason).detail("key", draft.id());
            if (draft.tenant() != null) {
                act.tenant(draft.tenant());
            }
            AuditEntry entry = act.entry();
            if (!store.add(draft, entry.actor().toString())) {
                throw new IllegalStateException(
                        "there is or was a key " + draft.id() + "; give the new one another id");
            }
            act.record();
            return store.find(draft.id()).orElseThrow();
        });
    }

    /** Takes a key back for good; joins the current transaction; audited. Returns false if it opened nothing any more. */
    public boolean revoke(String id, String reason) {
        return acts.transactions().run(() -> {
            boolean revoked = store.revoke(id);
            if (revoked) {
                AuditLog.Draft act = acts.act(Action.KEY_REVOKED).reason(reason).detail("key", id);
                store.find(id).map(AccessKey::tenant).ifPresent(act::tenant);
                act.record();
            }
            return revoked;
        });
    }

    /** The key of this id, expired and revoked ones too. */
    public Optional<AccessKey> find(String id) {
        return store.find(id);
    }

    /** All keys by their ids, expired and revoked ones too. */
    public List<AccessKey> all() {
        return store.all();
    }

    /** A key was used; that is written once a minute at most. */
    public void used(String id) {
        store.used(id);
    }
}
