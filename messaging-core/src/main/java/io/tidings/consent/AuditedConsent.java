package io.tidings.consent;

import io.tidings.audit.Action;
import io.tidings.audit.Actor;
import io.tidings.audit.AuditLog;
import io.tidings.message.Person;
import io.tidings.message.TenantId;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A ledger whose every change is in the audit trail too, in the same transaction. Safe for use by many threads. */
public final class AuditedConsent implements ConsentStore {
    private final ConsentStore ledger;
    private final AuditLog acts;

    /** Writes both. */
    public AuditedConsent(ConsentStore ledger, AuditLog acts) {
        this.ledger = ledger;
        this.acts = acts;
    }

    @Override
    public boolean append(ConsentEntry entry) {
        return acts.transactions().run(() -> {
            boolean fresh = ledger.append(entry);
            if (fresh) {
                record(entry);
            }
            return fresh;
        });
    }

    private void record(ConsentEntry entry) {
        Action action = new Action(
                "consent." + entry.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        AuditLog.Draft draft =
                entry.evidence().source().isTheHost() ? acts.act(action) : acts.act(action, Actor.system("consent"));
        draft.tenant(entry.scope().tenant())
                .reason(entry.evidence().source() + " " + entry.evidence().actor());
        if (entry.number() != null) {
            draft.person(entry.number());
        }
        draft.record();
    }

    @Override
    public List<ConsentEntry> entries(TenantId tenant, Person person) {
        return ledger.entries(tenant, person);
    }

    @Override
    public int forget(TenantId tenant, Person person) {
        return acts.transactions().run(() -> {
            int entries = ledger.forget(tenant, person);
            acts.act(Action.CONSENT_FORGOTTEN)
                    .tenant(tenant)
                    .detail("entries", String.valueOf(entries))
                    .record();
            return entries;
        });
    }

    @Override
    public Set<String> keyIds() {
        return ledger.keyIds();
    }
}
