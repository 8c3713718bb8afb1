package io.tidings;

import io.tidings.account.TidingsSecret;
import io.tidings.audit.ActorSource;
import io.tidings.audit.AuditSettings;
import io.tidings.budget.Budgets;
import io.tidings.consent.ConsentPolicy;
import io.tidings.dispatch.DispatchSettings;
import io.tidings.dispatch.LookPlan;
import io.tidings.dispatch.RestoreCheck;
import io.tidings.dispatch.SenderRates;
import io.tidings.endpoint.Courier;
import io.tidings.endpoint.DeliverySettings;
import io.tidings.endpoint.WebhookEndpoint;
import io.tidings.event.EventListener;
import io.tidings.event.EventSettings;
import io.tidings.event.MessagingEvent;
import io.tidings.gate.BacklogGate;
import io.tidings.gate.CheckRule;
import io.tidings.gate.ContentFlags;
import io.tidings.gate.ContentListener;
import io.tidings.gate.FrequencyCap;
import io.tidings.gate.Gate;
import io.tidings.gate.QuietHours;
import io.tidings.gate.RecipientZones;
import io.tidings.gate.SendCheck;
import io.tidings.inbound.GapSettings;
import io.tidings.inbound.InboundHandler;
import io.tidings.inbound.InboundSettings;
import io.tidings.inbound.Keyword;
import io.tidings.inbound.Routes;
import io.tidings.message.InboundMessage;
import io.tidings.message.Mailbox;
import io.tidings.message.Money;
import io.tidings.message.NotConfiguredException;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Secret;
import io.tidings.message.Sender;
import io.tidings.message.TenantId;
import io.tidings.message.TimeSource;
import io.tidings.message.UnitOfWork;
import io.tidings.outbox.Hints;
import io.tidings.outbox.IntakeObserver;
import io.tidings.outbox.PollPlan;
import io.tidings.outbox.ReportObserver;
import io.tidings.outbox.Stores;
import io.tidings.price.PriceBook;
import io.tidings.provider.Accounts;
import io.tidings.provider.LowBalance;
import io.tidings.provider.Provider;
import io.tidings.pumping.PumpingLimits;
import io.tidings.retention.RetentionPolicy;
import io.tidings.retry.RetryPolicy;
import io.tidings.template.TemplateStore;
import io.tidings.template.WhatsAppTemplates;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Describes a system; {@link #start} brings it to life. Not safe for use by several threads. */
public final class TidingsBuilder {
    // Read by Assembly alone.
    final Provider provider;
    final GateSettings gates = new GateSettings();

    Accounts accounts = Accounts.orHouse();

    @Nullable
    Stores stores;

    @Nullable
    String from;

    @Nullable
    String homeCountry;

    @Nullable
    URI publicUrl;

    Supplier<List<Secret>> webhookTokens = List::of;
    TidingsSecret secret = TidingsSecret.random();
    final TwoWay twoWay = new TwoWay();
    final Telling telling = new Telling();
    ConsentPolicy consent = ConsentPolicy.defaults();

    @Nullable
    TemplateStore templates;

    @Nullable
    PriceBook prices;

    @Nullable
    LowBalance lowBalance;

    IntakeObserver intake = IntakeObserver.none();
    ReportObserver reports = ReportObserver.none();
    Consumer<Money> charges = more -> {};

    AuditSettings audit = AuditSettings.defaults();
    UnaryOperator<ActorSource> aroundActors = source -> source;
    RetryPolicy retry = RetryPolicy.defaults();
    DispatchSettings dispatch = DispatchSettings.defaults();
    SenderRates rates = SenderRates.defaults();
    final Environment environment = new Environment();
    RestoreCheck restore = RestoreCheck.defaults();

    @Nullable
    PollPlan polls;

    LookPlan looks = LookPlan.standard();
    TimeSource time = TimeSource.system();
    RandomGenerator random = new SecureRandom();

    @Nullable
    Executor executor;

    RetentionPolicy retention = RetentionPolicy.defaults();
    boolean tenantSettings;
    Hints hints = Hints.none();

    TidingsBuilder(Provider provider) {
        this.provider = provider;
    }

    /** Where messages are kept; default: this process's memory, where they end with it. */
    public TidingsBuilder stores(Stores stores) {
        this.stores = stores;
        return this;
    }

    /**
     * Which tenants have an account of their own at the provider; default: none, all send through the one that the system is
     * built with. What is assigned later counts at once. Either all accounts reach real people or none does. Their providers
     * are closed with the system.
     */
    public TidingsBuilder accounts(Accounts accounts) {
        this.accounts = accounts;
        return this;
    }

    /** The sender of messages that name none: a number, short code, alphanumeric name or messaging service SID. */
    public TidingsBuilder from(String sender) {
        this.from = sender;
        return this;
    }

    /**
     * The ISO 3166 country whose national number forms are understood and which is open as a destination; default: the
     * country of the default sender, if that is a phone number.
     */
    public TidingsBuilder homeCountry(String country) {
        this.homeCountry = country;
        return this;
    }

    /** The countries that messages may go to; default: the home country alone. */
    public TidingsBuilder destinations(String... countries) {
        gates.destinations = Set.of(countries);
        return this;
    }

    /** Also sends to numbers that belong to no assigned range through a live provider; default: they are refused. */
    public TidingsBuilder allowInvalidNumbers() {
        gates.invalidNumbers = true;
        return this;
    }

    /** Within which time the same text is not sent to the same number again; default 24 h, zero for never refused. */
    public TidingsBuilder repeatWindow(Duration window) {
        gates.repeatWindow = window;
        return this;
    }

    /** The most messages that may wait, for one tenant and in all; default 1 million and 5 million. */
    public TidingsBuilder backlog(long perTenant, long total) {
        gates.backlog = new BacklogGate(perTenant, total);
        return this;
    }

    /** Asks one more gate, after the built-in ones but before quiet hours. */
    public TidingsBuilder gate(Gate gate) {
        gates.hosts.add(gate);
        return this;
    }

    /**
     * When each category may be sent, in the recipient's local time; default: MARKETING from 8:00 to 21:00, the others
     * at any time.
     */
    public TidingsBuilder quietHours(QuietHours settings) {
        gates.quietHours = settings;
        return this;
    }

    /** What the host knows of its recipients' time zones; default: nothing, and then the number tells. */
    public TidingsBuilder recipientZones(RecipientZones zones) {
        gates.zones = zones;
        return this;
    }

    /** The most messages of some categories that a recipient gets within a window; default: no cap. */
    public TidingsBuilder frequencyCaps(FrequencyCap... caps) {
        gates.caps = List.of(caps);
        return this;
    }

    /** What tenants, campaigns and all together may spend; default: no cap. A cap in money needs {@link #prices}. */
    public TidingsBuilder budgets(Budgets budgets) {
        gates.budgets = budgets;
        return this;
    }

    /** Words that are flagged or refused, and who is told; default: none. */
    public TidingsBuilder contentFlags(ContentFlags flags, ContentListener listener) {
        gates.flags = flags;
        gates.flagged = listener;
        return this;
    }

    /** Asks the host about every message just before it leaves, with the defaults of {@link CheckRule}. */
    public TidingsBuilder sendCheck(SendCheck check) {
        return sendCheck(CheckRule.of(check));
    }

    /** Asks the host just before messages leave. */
    public TidingsBuilder sendCheck(CheckRule rule) {
        gates.check = rule;
        return this;
    }

    /** How many one-time codes are normal; default: {@link PumpingLimits#defaults}. */
    public TidingsBuilder pumping(PumpingLimits limits) {
        gates.pumping = limits;
        return this;
    }

    /**
     * The address under which the provider reaches {@link Tidings#webhooks}, and the tokens that it signs with (several
     * during a rotation), asked for at each callback. Without it statuses are asked for instead.
     */
    public TidingsBuilder publicUrl(URI url, Supplier<List<Secret>> tokens) {
        this.publicUrl = url;
        this.webhookTokens = tokens;
        return this;
    }

    /** What needs an opt-in, which keywords are known, and what is answered to them. */
    public TidingsBuilder consent(ConsentPolicy policy) {
        this.consent = policy;
        return this;
    }

    /**
     * The secret that callback addresses are authenticated with and that recognises erased people; default: a random one
     * that ends with the process.
     */
    public TidingsBuilder secret(TidingsSecret secret) {
        this.secret = secret;
        return this;
    }

    /** How acts are recorded, sealed and handed on; default: as the host's acts, with no sink and no mirror. */
    public TidingsBuilder audit(AuditSettings settings) {
        this.audit = settings;
        return this;
    }

    /**
     * Puts one thing more around the source of actors, whichever {@link #audit} names, before or after this call: for what knows
     * who acts in its own calls alone. Default: nothing.
     */
    public TidingsBuilder aroundActors(UnaryOperator<ActorSource> wrapping) {
        UnaryOperator<ActorSource> inner = this.aroundActors;
        this.aroundActors = source -> wrapping.apply(inner.apply(source));
        return this;
    }

    /** How long what is kept, and who archives it; default: 90 days, nobody. */
    public TidingsBuilder retention(RetentionPolicy policy) {
        this.retention = policy;
        return this;
    }

    /** Lets tenants have rates, attempts, hours and daily limits of their own, see {@link Tidings#tenants}; default: off. */
    public TidingsBuilder tenantSettings() {
        this.tenantSettings = true;
        return this;
    }

    /** Where templates are kept; default: this process's memory. */
    public TidingsBuilder templates(TemplateStore store) {
        this.templates = store;
        return this;
    }

    /** What messages cost; default: nothing is known, and then no cost is estimated. */
    public TidingsBuilder prices(PriceBook prices) {
        this.prices = prices;
        return this;
    }

    /**
     * Calls the alert when the account's balance is first seen below this amount, and again after it had recovered; looked
     * at once a minute, on a thread of Tidings' own, by each node. Default: nobody is called. An empty account that Twilio
     * suspends stands still by itself, and sends again when it works.
     */
    public TidingsBuilder lowBalance(Money threshold, Consumer<Money> alert) {
        this.lowBalance = new LowBalance(threshold, alert);
        return this;
    }

    /** The same that also calls the recovery, once, when the balance was seen at or above that amount again. */
    public TidingsBuilder lowBalance(Money threshold, Consumer<Money> alert, Consumer<Money> recovery) {
        this.lowBalance = new LowBalance(threshold, alert, recovery);
        return this;
    }

    /**
     * Tells other nodes on the same store of what this one took in, and hears what they tell; default: nobody is told, and
     * they find it with their next poll. Closed with the system.
     */
    public TidingsBuilder hints(Hints hints) {
        this.hints = hints;
        return this;
    }

    /** What is retried, when and how often. */
    public TidingsBuilder retry(RetryPolicy policy) {
        this.retry = policy;
        return this;
    }

    /**
     * Where this system runs, such as {@code production} or {@code staging}. A store is stamped with it, and one that
     * belongs to another environment lets nothing leave until {@link Tidings#releaseHold}. In a named environment that is
     * not {@code production} a live provider gets nothing, but what {@link #redirectTo} allows. Default: not named, and
     * then a live provider sends.
     */
    public TidingsBuilder environment(String name) {
        environment.name(name);
        return this;
    }

    /**
     * Outside production, sends every message to this number (E.164) instead of its recipient, where the provider is live.
     * In production, or through a sandbox, it does nothing.
     */
    public TidingsBuilder redirectTo(String number) {
        environment.redirectTo(new PhoneNumber(number));
        return this;
    }

    /** Whether a start looks for a restored backup; default: {@link RestoreCheck#defaults}. */
    public TidingsBuilder restoreCheck(RestoreCheck check) {
        this.restore = check;
        return this;
    }

    /** How the worker works. */
    public TidingsBuilder dispatch(DispatchSettings settings) {
        this.dispatch = settings;
        return this;
    }

    /** How fast each sender is. */
    public TidingsBuilder rates(SenderRates rates) {
        this.rates = rates;
        return this;
    }

    /**
     * When the provider is asked about messages; default: rarely beside callbacks, often without them, and with
     * {@link #prices} also what they cost once they have ended, so that budgets are settled.
     */
    public TidingsBuilder polls(PollPlan plan) {
        this.polls = plan;
        return this;
    }

    /** When the provider's list is looked at for attempts with an unknown outcome; default: {@link LookPlan#standard}. */
    public TidingsBuilder looks(LookPlan plan) {
        this.looks = plan;
        return this;
    }

    /** Both clocks; default: the machine's. */
    public TidingsBuilder time(TimeSource time) {
        this.time = time;
        return this;
    }

    /** Random bits for ids and jitter; default: {@link SecureRandom}. Must be safe for use by many threads. */
    public TidingsBuilder random(RandomGenerator random) {
        this.random = random;
        return this;
    }

    /** Runs the blocking calls to the provider; default: threads of Tidings' own, virtual where the JVM has them. */
    public TidingsBuilder executor(Executor executor) {
        this.executor = executor;
        return this;
    }

    /** Stands around every call that takes messages in, replies and recurring messages among them; default: nobody does. */
    public TidingsBuilder observeIntake(IntakeObserver observer) {
        this.intake = observer;
        return this;
    }

    /** Stands around everything that the provider reports of an attempt after its answer; default: nobody does. */
    public TidingsBuilder observeReports(ReportObserver observer) {
        this.reports = observer;
        return this;
    }

    /** Puts something around every handler of messages from people, whoever names it; default: nothing. */
    public TidingsBuilder aroundHandlers(UnaryOperator<InboundHandler> wrapping) {
        twoWay.around = wrapping;
        return this;
    }

    /**
     * Tells this one what the provider charged for an attempt, or how much more than it had said before, after the commit
     * and on the node that asked; what goes down is not taken back. Prices are asked for with {@link #prices} only, or by a
     * plan that says so. Must be fast and must not throw. Default: nobody.
     */
    public TidingsBuilder onCharge(Consumer<Money> listener) {
        this.charges = listener;
        return this;
    }

    /** Handles texts (SMS and MMS) that are this word, whatever its case; see {@link Keyword}. */
    public TidingsBuilder onSms(String keyword, InboundHandler handler) {
        twoWay.routes = twoWay.routes.onSms(Keyword.whole(keyword), handler);
        return this;
    }

    /** Handles WhatsApp messages that are this word, whatever its case; see {@link Keyword}. */
    public TidingsBuilder onWhatsApp(String keyword, InboundHandler handler) {
        twoWay.routes = twoWay.routes.onWhatsApp(Keyword.whole(keyword), handler);
        return this;
    }

    /** Handles every message from a person that no keyword takes. */
    public TidingsBuilder onMessage(InboundHandler handler) {
        twoWay.routes = twoWay.routes.otherwise(handler);
        return this;
    }

    /** Who handles what people send, in place of everything said before. */
    public TidingsBuilder routes(Routes routes) {
        twoWay.routes = routes;
        return this;
    }

    /** Told of every message from a person, at least once, before its handler. Must be fast; what it throws is logged. */
    public TidingsBuilder onInbound(Consumer<InboundMessage> watcher) {
        twoWay.watcher = watcher;
        return this;
    }

    /**
     * Tells a listener of events of a type, {@link MessagingEvent} for all. Only events that somebody listens to are
     * written, from the start on; see {@link EventListener} for what a listener may rely on.
     */
    public <E extends MessagingEvent> TidingsBuilder on(Class<E> type, EventListener<? super E> listener) {
        telling.listeners.add(type, listener);
        return this;
    }

    /** Writes events of a type although nobody on this node listens to them: the listener is on another node. */
    public TidingsBuilder writeEvents(Class<? extends MessagingEvent> type) {
        telling.listeners.write(type);
        return this;
    }

    /** How events are told. */
    public TidingsBuilder events(EventSettings settings) {
        telling.settings = settings;
        return this;
    }

    /**
     * Tells other systems of the host of events over HTTP, signed by Standard Webhooks and retried for days, through this
     * courier; {@code GuardedCourier.toPublicAddresses()} goes nowhere inside. Default: nobody. Give all nodes the same.
     */
    public TidingsBuilder endpoints(Courier courier, WebhookEndpoint... endpoints) {
        telling.courier = courier;
        telling.endpoints = List.of(endpoints);
        return this;
    }

    /** How events are delivered to endpoints. */
    public TidingsBuilder deliveries(DeliverySettings settings) {
        telling.deliveries = settings;
        return this;
    }

    /**
     * Runs listeners inside a transaction of the host's, in which the one of the stores runs: for frameworks that bind
     * work to a transaction of their own. Default: inside the one of the stores alone.
     */
    public TidingsBuilder tellWithin(UnitOfWork hosts) {
        telling.around = hosts;
        return this;
    }

    /** How messages from people are processed. */
    public TidingsBuilder inbound(InboundSettings settings) {
        twoWay.settings = settings;
        return this;
    }

    /** How messages are fetched that people sent while nobody answered; default: with {@link #publicUrl} only. */
    public TidingsBuilder missed(GapSettings settings) {
        twoWay.gaps = settings;
        return this;
    }

    /** Where people write to, so that only that is listed; default: the default sender, else the whole account. */
    public TidingsBuilder mailboxes(Mailbox... mailboxes) {
        twoWay.mailboxes = List.of(mailboxes);
        return this;
    }

    /** Which templates WhatsApp approved, so that they may be sent outside the 24-hour window; default: none. */
    public TidingsBuilder whatsAppTemplates(WhatsAppTemplates approved) {
        twoWay.whatsApp = approved;
        return this;
    }

    /** Who owns a number or short code that people write to; default: {@link TenantId#DEFAULT}. */
    public TidingsBuilder tenants(Function<Sender, TenantId> owner) {
        twoWay.tenants = owner;
        return this;
    }

    /** The system, with its worker at work. Throws {@link NotConfiguredException} naming what is missing. */
    public Tidings start() {
        return new Assembly(this).build(true);
    }

    /** The system without a worker thread, until {@link Tidings#start}; in tests {@link Tidings#runDue} does the work. */
    public Tidings build() {
        return new Assembly(this).build(false);
    }
}
