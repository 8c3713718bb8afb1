package io.tidings.outbox;

import io.tidings.consent.ConsentEntry;
import io.tidings.consent.ConsentStore;
import io.tidings.message.Person;
import io.tidings.message.TenantId;
import java.util.List;
import java.util.Set;

/** A ledger that tells of opt-outs and opt-ins, in the same transaction, and of nobody who is forgotten meanwhile. */
final class AnnouncedConsent implements ConsentStore {
    private final ConsentStore ledger;
    private final Announcements announcements;

    AnnouncedConsent(ConsentStore ledger, Announcements announcements) {
        this.ledger = ledger;
        this.announcements = announcements;
    }

    @Override
    public boolean append(ConsentEntry entry) {
        return announcements.transactions().run(() -> {
            boolean fresh = ledger.append(entry);
            if (fresh) {
                announcements.recorded(entry);
            }
            return fresh;
        });
    }

    @Override
    public List<ConsentEntry> entries(TenantId tenant, Person person) {
        return ledger.entries(tenant, person);
    }

    @Override
    public int forget(TenantId tenant, Person person) {
        return announcements.transactions().run(() -> {
            announcements.forget(Set.of(Subjects.person(tenant, person.number())));
            return ledger.forget(tenant, person);
        });
    }

    @Override
    public Set<String> keyIds() {
        return ledger.keyIds();
    }
}
