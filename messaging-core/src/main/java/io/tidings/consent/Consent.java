package io.tidings.consent;

import io.tidings.account.PersonHashes;
import io.tidings.consent.ConsentEntry.Kind;
import io.tidings.consent.Evidence.Route;
import io.tidings.consent.Evidence.Verbatim;
import io.tidings.message.Channel;
import io.tidings.message.OutboundMessage;
import io.tidings.message.Person;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Sender;
import io.tidings.message.TenantId;
import io.tidings.message.UnitOfWork;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * Who may be contacted, and how we know: the ledger of opt-outs and opt-ins.
 *
 * <p>Everything here joins the current transaction. An opt-out holds for every attempt whose own transaction begins after
 * the opt-out's commit returned. Safe for use by many threads.
 */
public final class Consent {
    private final ConsentStore store;
    private final UnitOfWork transactions;
    private final PersonHashes people;
    private final ConsentPolicy policy;
    private final InstantSource time;

    /** Over this ledger, by this policy. */
    public Consent(
            ConsentStore store,
            UnitOfWork transactions,
            PersonHashes people,
            ConsentPolicy policy,
            InstantSource time) {
        this.store = store;
        this.transactions = transactions;
        this.people = people;
        this.policy = policy;
        this.time = time;
    }

    /**
     * Records that somebody wants no more messages. Returns false if the event was recorded before, by its reference.
     *
     * @param evidence of source {@code HOST} or {@code IMPORT}; what the person texts comes through {@link #hear}
     */
    public boolean optOut(ConsentScope scope, PhoneNumber number, Evidence evidence) {
        return record(Kind.OPT_OUT, scope, number, evidence, time.instant());
    }

    /**
     * Records that somebody wants messages. That takes back what the host recorded before, but neither a STOP from the
     * handset nor a block of the provider: for those the person texts START. Returns false if the event was recorded
     * before, by its reference.
     *
     * @param evidence of source {@code HOST} or {@code IMPORT}; what the person texts comes through {@link #hear}
     */
    public boolean optIn(ConsentScope scope, PhoneNumber number, Evidence evidence) {
        return record(Kind.OPT_IN, scope, number, evidence, time.instant());
    }

    private boolean record(Kind kind, ConsentScope scope, PhoneNumber number, Evidence evidence, Instant at) {
        if (!evidence.source().isTheHost()) {
            throw new IllegalArgumentException(
                    "a host records with Evidence.host(...) or Evidence.imported(...), not as " + evidence.source()
                            + "; hand messages from people to hear(...)");
        }
        return store.append(new ConsentEntry(scope, number, kind, evidence, at));
    }

    /**
     * Begins a double opt-in: records that the person is asked, and returns the message that asks. Send it in the same
     * transaction; it passes where an opt-in is required, but not in spite of an opt-out. The opt-in counts once the number
     * itself answers with a word of {@link Keywords.Family#CONFIRM} to the same sender within the time of the policy.
     *
     * @param from what the request is sent from: a number, short code or messaging service
     * @param text what is asked, for example {@code Reply YES to get offers of Example Motors, about 4 a month.}
     */
    public OutboundMessage requestOptIn(
            ConsentScope scope, PhoneNumber number, Sender from, Evidence evidence, String text) {
        if (from instanceof Sender.Alphanumeric) {
            throw new IllegalArgumentException(
                    "nobody can answer an alphanumeric sender; request an opt-in from a number, short code or service");
        }
        Instant now = time.instant();
        Person person = people.of(scope.tenant(), number);
        String reference = "opt-in/" + person.hashes().get(0).value().substring(0, 16) + "/" + now;
        Evidence asked = new Evidence(
                evidence.source(), evidence.actor(), new Verbatim(text), reference, new Route(from, Channel.SMS));
        record(Kind.OPT_IN_REQUESTED, scope, number, asked, now);
        return OutboundMessage.to(number)
                .tenant(scope.tenant())
                .from(from)
                .text(text)
                .key(ConsentPolicy.answerKey(reference))
                .answers(reference)
                .allowRepeat()
                .expiresAfter(policy.confirmWithin())
                .build();
    }

    /**
     * Takes a message from a person: recognises keywords, records what they mean, and returns what to answer. The same
     * SID is heard once: a replayed START brings nobody back.
     */
    public KeywordAction hear(InboundText said) {
        return transactions.run(() -> new Hearing(
                        policy, store, said, store.entries(said.tenant(), people.of(said.tenant(), said.from())))
                .decide());
    }

    /** Whether a person may be contacted now, and why. */
    public ConsentAnswer mayContact(ConsentQuestion question) {
        ConsentRules.Standing standing =
                ConsentRules.standing(entries(question.tenant(), question.number()), question, null);
        return standing.answer(policy.judge(standing.state(), question.category(), null));
    }

    /** Everything a tenant knows about a person's consent, in the order in which it was recorded. */
    public List<ConsentEntry> entries(TenantId tenant, PhoneNumber number) {
        return store.entries(tenant, people.of(tenant, number));
    }

    /**
     * Erases a person: number and words go from the ledger, a keyed hash stays, so that opt-outs hold for the number as
     * before. Opt-ins no longer permit anything: their proof is gone. Returns how many entries had the number.
     */
    public int forget(TenantId tenant, PhoneNumber number) {
        return store.forget(tenant, people.of(tenant, number));
    }
}
