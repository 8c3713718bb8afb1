package io.tidings;

import io.tidings.account.PersonHashes;
import io.tidings.account.TidingsSecret;
import io.tidings.audit.AuditLog;
import io.tidings.audit.AuditSettings;
import io.tidings.consent.AuditedConsent;
import io.tidings.consent.Consent;
import io.tidings.dispatch.Worker;
import io.tidings.dispatch.WorkerSetup;
import io.tidings.gate.Gates;
import io.tidings.inbound.AccountInbox;
import io.tidings.inbound.InboundWorker;
import io.tidings.message.AccountId;
import io.tidings.message.MessageIds;
import io.tidings.message.NotConfiguredException;
import io.tidings.message.Sender;
import io.tidings.outbox.CountedHistory;
import io.tidings.outbox.DeadLetters;
import io.tidings.outbox.Intake;
import io.tidings.outbox.Messages;
import io.tidings.outbox.PollPlan;
import io.tidings.outbox.Preparation;
import io.tidings.outbox.Recurrences;
import io.tidings.outbox.Settler;
import io.tidings.outbox.Stores;
import io.tidings.price.PriceBook;
import io.tidings.provider.CallbackAddress;
import io.tidings.provider.MacKey;
import io.tidings.provider.ProviderHealth;
import io.tidings.retention.Retention;
import io.tidings.template.Templates;
import io.tidings.tenant.Tenants;
import io.tidings.webhook.Webhooks;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One system, put together from what its builder was told: stores first, then what decides, sends and listens. */
final class Assembly {
    private final TidingsBuilder set;
    private final String home;
    private final AuditLog acts;
    private final Telling.Events events;
    private final Stores kept;
    private final PersonHashes people;
    private final @Nullable Tenants tenants;
    private final Gates gates;
    private final @Nullable CallbackAddress callbacks;
    private final PriceBook prices;
    private final MessageIds ids;
    private final Changes changes = new Changes();
    private final RecurringTimer timer = new RecurringTimer();

    Assembly(TidingsBuilder set) {
        this.set = set;
        home = home();
        Stores given = set.stores != null ? set.stores : Stores.inMemory(set.time);
        AuditSettings acting = set.audit.withActors(set.aroundActors.apply(set.audit.actors()));
        acts = new AuditLog(given.transactions(), given.audit(), acting, set.time);
        events = set.telling.over(given, acts, set.time, set.random);
        kept = events.announcements()
                .over(given.withConsent(new AuditedConsent(given.consent(), acts))
                        .withHistory(new CountedHistory(
                                given.history(), given.records().statistics(), given.transactions())));
        people = people();
        tenants = set.tenantSettings ? new Tenants(kept.records().tenants(), acts, set.time) : null;
        set.gates.environment = set.environment.gate(set.provider);
        gates = set.gates.gates(
                home,
                set.provider.isLive(),
                new GateSettings.Sources(
                        kept, set.prices, set.consent, people::of, tenants, events.announcements()::reached));
        callbacks = callbacks();
        prices = set.prices != null ? set.prices : PriceBook.unknown();
        ids = new MessageIds(set.time, set.random);
    }

    Tidings build(boolean running) {
        Auditing auditing = new Auditing(kept, acts, set.audit, set.secret, set.time);
        Templates texts = new Templates(set.templates != null ? set.templates : kept.templates(), acts);
        Settler settler = settler();
        Worker worker = worker(settler);
        Runnable hint = () -> {
            worker.wake();
            set.hints.tell();
        };
        Intake intake = new Intake(kept, gates, preparation(texts), set.time, hint, acts);
        intake.observedBy(set.intake);
        Recurrences recurrences = new Recurrences(kept, intake, set.time, acts, timer::wake);
        Consent ledger = new Consent(kept.consent(), kept.transactions(), people, set.consent, set.time);
        InboundWorker inbound = inbound(intake, ledger, worker);
        guard(worker);
        worker.lookFor(events::told);
        HealthChecks health = health(worker);
        AccountsAtWork accounts = new AccountsAtWork(set, acts, worker, inbound, health);
        set.accounts.listen(accounts);
        Sweeps sweeps = new Sweeps(
                new Retention(kept, set.retention, acts), kept.records().statistics(), set.time);
        Tidings tidings = new Tidings(new Tidings.Parts(
                home,
                kept,
                intake,
                new Messages(kept, set.time, acts, prices),
                texts,
                ledger,
                new DeadLetters(kept, set.time, hint, acts),
                worker,
                inbound,
                set.provider,
                accounts,
                health,
                changes,
                auditing,
                recurrences,
                timer,
                why -> set.environment.release(kept.stamp(), worker, acts, why),
                sweeps,
                events,
                tenants,
                webhooks(settler, inbound),
                set.hints,
                () -> {
                    BooleanSupplier nothingIsDue = () -> !worker.calmFor().isZero();
                    auditing.start(settings(), nothingIsDue);
                    health.start();
                    inbound.restWhile(nothingIsDue);
                    inbound.start();
                    worker.start();
                    set.hints.listen(worker::wake);
                    sweeps.start(nothingIsDue);
                    events.start(nothingIsDue);
                    timer.start(recurrences, worker::calmFor);
                }));
        if (running) {
            tidings.start();
        }
        return tidings;
    }

    private Settler settler() {
        Settler settler = new Settler(kept, set.retry, polls(), set.time, set.random).recordingIn(acts);
        settler.onChange(changes::signal);
        settler.observedBy(set.reports);
        settler.onCharge(set.charges);
        if (tenants != null) {
            settler.askForAttempts(tenants::attempts);
        }
        return settler;
    }

    private Worker worker(Settler settler) {
        return new Worker(new WorkerSetup(
                kept,
                settler,
                gates,
                Map.of(AccountId.DEFAULT, set.environment.guard(set.provider)),
                callbacks,
                set.dispatch,
                tenants == null ? set.rates : set.rates.asking(tenants::rate),
                polls(),
                set.looks,
                set.time,
                set.executor));
    }

    private Preparation preparation(Templates texts) {
        return new Preparation(ids, set.accounts, sender(), texts, prices, set.twoWay.whatsApp);
    }

    private InboundWorker inbound(Intake intake, Consent ledger, Worker worker) {
        set.twoWay.watcher = set.gates.watching(set.twoWay.watcher);
        InboundWorker inbound = new InboundWorker(
                set.twoWay.setup(kept, intake, ids, ledger, set.time).with(set.accounts), worker::release);
        AccountInbox house = isListening(set)
                ? AccountInbox.of(AccountId.DEFAULT, set.provider, set.twoWay.mailboxes, sender())
                : AccountInbox.unlisted(AccountId.DEFAULT);
        if (inbound.open(house)) {
            worker.hold(AccountId.DEFAULT, set.twoWay.gaps().patience());
        }
        return inbound;
    }

    /** Whether anybody listens to what people write, so that what was missed is worth fetching. */
    static boolean isListening(TidingsBuilder set) {
        return set.publicUrl != null || set.twoWay.gaps != null;
    }

    /** Nothing leaves from a foreign store, or from a restored one before the provider's list was looked at. */
    private void guard(Worker worker) {
        set.environment.check(kept.stamp(), worker);
        worker.reconcile(set.restore);
        worker.recordIn(acts);
    }

    private HealthChecks health(Worker worker) {
        HealthChecks health = new HealthChecks();
        ProviderHealth house = new ProviderHealth(set.provider, set.time, set.lowBalance);
        house.onCheck(check -> worker.found(AccountId.DEFAULT, check));
        health.add(AccountId.DEFAULT, house);
        return health;
    }

    private @Nullable Webhooks webhooks(Settler settler, InboundWorker inbound) {
        return callbacks == null
                ? null
                : Webhooks.of(callbacks, set.webhookTokens, new Reports(settler), set.time)
                        .withAccounts(set.accounts)
                        .withInbound(new Letters(inbound));
    }

    /** What a node runs with, for the audit trail: no secret and no credential is among it. */
    private Map<String, String> settings() {
        Map<String, String> all = new TreeMap<>(set.rates.summary());
        all.put("live", Boolean.toString(set.provider.isLive()));
        all.put("environment", set.environment.toString());
        all.put("from", set.from == null ? "" : set.from);
        all.put("homeCountry", home);
        all.putAll(set.gates.summary());
        all.put("publicUrl", set.publicUrl == null ? "" : set.publicUrl.getHost());
        all.put("dispatch", set.dispatch.toString());
        all.put("audit", set.audit.toString());
        all.put("consent", set.consent.toString());
        all.put("retention", set.retention.toString());
        all.put("endpoints", set.telling.endpoints.toString());
        all.put("tenantSettings", Boolean.toString(set.tenantSettings));
        return all;
    }

    private PollPlan polls() {
        if (set.polls != null) {
            return set.polls;
        }
        PollPlan states = set.publicUrl == null ? PollPlan.withoutCallbacks() : PollPlan.besideCallbacks();
        return set.prices == null ? states : states.withPrices();
    }

    private String home() {
        if (set.homeCountry != null) {
            return set.homeCountry;
        }
        if (set.from != null && set.from.startsWith("+")) {
            return Sender.parse(set.from, "ZZ") instanceof Sender.Number number
                    ? number.number().region().orElseThrow(Assembly::noHome)
                    : "";
        }
        throw noHome();
    }

    private static NotConfiguredException noHome() {
        return new NotConfiguredException(
                "the home country is not set and the default sender does not tell it; call homeCountry(\"US\") or the like");
    }

    private @Nullable Sender sender() {
        return set.from == null ? null : Sender.parse(set.from, home);
    }

    /** Whoever was erased under a secret that is gone would be texted again, so that is refused at the start. */
    private PersonHashes people() {
        PersonHashes hashes = new PersonHashes(set.secret);
        Set<String> missing = new TreeSet<>(kept.consent().keyIds());
        missing.removeAll(hashes.keyIds());
        if (!missing.isEmpty()) {
            throw new NotConfiguredException(
                    "erased people are kept under secrets " + missing
                            + ", which are not among those given; add the old secrets after the current one, or opt-outs are lost");
        }
        return hashes;
    }

    private @Nullable CallbackAddress callbacks() {
        if (set.publicUrl == null) {
            return null;
        }
        List<MacKey> keys = set.secret.keyIds().stream()
                .map(id -> new MacKey(
                        id,
                        set.secret
                                .key(TidingsSecret.Purpose.CALLBACK_MAC, id)
                                .orElseThrow()
                                .getEncoded()))
                .toList();
        return CallbackAddress.at(set.publicUrl, keys);
    }
}
