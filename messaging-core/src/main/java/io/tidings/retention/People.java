package io.tidings.retention;

import io.tidings.audit.Action;
import io.tidings.audit.AuditEntry;
import io.tidings.audit.AuditQuery;
import io.tidings.audit.AuditTrail;
import io.tidings.consent.Consent;
import io.tidings.message.MessageId;
import io.tidings.message.PhoneNumber;
import io.tidings.message.TenantId;
import io.tidings.outbox.ConversationStore.Cursor;
import io.tidings.outbox.ConversationStore.Entry;
import io.tidings.outbox.Messages;
import io.tidings.outbox.Stores;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a tenant knows about a person: all of it handed out, or all of it erased. Safe for use by many threads. */
public final class People {
    private static final int PAGE = 500;

    private final Stores stores;
    private final Messages messages;
    private final Consent consent;
    private final AuditTrail audit;

    /** Over all places where something personal is. */
    public People(Stores stores, Messages messages, Consent consent, AuditTrail audit) {
        this.stores = stores;
        this.messages = messages;
        this.consent = consent;
        this.audit = audit;
    }

    /**
     * Everything that is known about a person: messages in both directions with what the provider said about them, the
     * entries of the consent ledger, what the audit trail has about those messages, and the keys of the API that have the
     * number among their guests. Recorded in the audit trail.
     */
    public Dossier export(TenantId tenant, PhoneNumber person) {
        return stores.transactions().run(() -> {
            List<KeptMessage> sent = new ArrayList<>();
            List<Dossier.Heard> heard = new ArrayList<>();
            List<AuditEntry> acts = new ArrayList<>();
            for (Entry entry : conversation(tenant, person)) {
                if (entry instanceof Entry.Outbound outbound) {
                    sent.add(KeptMessage.of(outbound.message(), stores));
                    acts.addAll(audit.search(
                            AuditQuery.all().about(outbound.message().id())));
                } else if (entry instanceof Entry.Inbound inbound) {
                    heard.add(new Dossier.Heard(
                            inbound.message(),
                            stores.inbound().raw(inbound.message().id())));
                }
            }
            audit.log()
                    .act(Action.PERSON_EXPORTED)
                    .tenant(tenant)
                    .person(person)
                    .detail("sent", Integer.toString(sent.size()))
                    .detail("received", Integer.toString(heard.size()))
                    .record();
            List<Dossier.Invitation> invitations = stores.records().keys().inviting(tenant, person).stream()
                    .map(key -> new Dossier.Invitation(key.id(), key.life().createdAt()))
                    .toList();
            return new Dossier(person, sent, heard, consent.entries(tenant, person), acts, invitations);
        });
    }

    /**
     * Erases a person in one transaction: waiting messages are cancelled, messages in both directions are deleted with
     * all that belongs to them, raw callbacks too, the consent ledger keeps a keyed hash so that opt-outs hold, and the
     * audit trail loses its words and stays provable, keys of the API lose the number from their guests, those of all
     * tenants too. Messages whose attempt is in the air or in doubt stay, because the
     * provider may have them: call it again when they have ended. Nothing is archived. What an archive, an export or a
     * mirror holds is the host's to erase.
     */
    public Erased erase(TenantId tenant, PhoneNumber person) {
        return stores.transactions().run(() -> {
            List<MessageId> sent = new ArrayList<>();
            List<MessageId> heard = new ArrayList<>();
            for (Entry entry : conversation(tenant, person)) {
                if (entry instanceof Entry.Outbound outbound) {
                    sent.add(outbound.message().id());
                } else if (entry instanceof Entry.Inbound inbound) {
                    heard.add(inbound.message().id());
                }
            }
            Set<MessageId> open = new TreeSet<>();
            for (MessageId id : sent) {
                messages.cancel(id);
                if (stores.outbox().find(id).isPresent()) {
                    open.add(id);
                }
            }
            int deleted = stores.records().retention().delete(sent);
            int unheard = stores.records().retention().deleteInbound(heard);
            int consents = consent.forget(tenant, person);
            int acts = audit.erase(tenant, person);
            int keys = stores.records().keys().uninvite(tenant, person);
            audit.log()
                    .act(Action.PERSON_ERASED)
                    .tenant(tenant)
                    .detail("sent", Integer.toString(deleted))
                    .detail("received", Integer.toString(unheard))
                    .detail("open", Integer.toString(open.size()))
                    .detail("keys", Integer.toString(keys))
                    .record();
            return new Erased(deleted, unheard, consents, acts, keys, List.copyOf(open));
        });
    }

    /**
     * What was erased.
     *
     * @param sent how many messages to the person were deleted
     * @param received how many messages from the person were deleted
     * @param consent how many entries of the consent ledger lost their number
     * @param acts how many entries of the audit trail lost their words
     * @param keys how many keys of the API lost the number from their guests
     * @param open messages that are in the air or in doubt and are there still
     */
    public record Erased(int sent, int received, int consent, int acts, int keys, List<MessageId> open) {}

    /** Newest first. */
    private List<Entry> conversation(TenantId tenant, PhoneNumber person) {
        List<Entry> all = new ArrayList<>();
        @Nullable Cursor before = null;
        List<Entry> page;
        do {
            page = stores.conversations().page(tenant, person, before, PAGE);
            all.addAll(page);
            before = page.isEmpty() ? before : page.get(page.size() - 1).cursor();
        } while (page.size() == PAGE);
        return all;
    }
}
