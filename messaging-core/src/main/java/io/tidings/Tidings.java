package io.tidings;

import io.tidings.access.AccessKeys;
import io.tidings.analytics.Statistics;
import io.tidings.audit.Action;
import io.tidings.audit.AuditLog;
import io.tidings.audit.AuditTrail;
import io.tidings.consent.Consent;
import io.tidings.consent.ConsentScope;
import io.tidings.consent.Evidence;
import io.tidings.dispatch.SenderRates;
import io.tidings.dispatch.Worker;
import io.tidings.endpoint.Endpoints;
import io.tidings.event.EventDesk;
import io.tidings.event.EventListener;
import io.tidings.event.MessagingEvent;
import io.tidings.history.Doubts;
import io.tidings.inbound.InboundDesk;
import io.tidings.inbound.InboundWorker;
import io.tidings.message.AccountId;
import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import io.tidings.message.NotConfiguredException;
import io.tidings.message.OutboundMessage;
import io.tidings.message.PhoneNumber;
import io.tidings.message.TenantId;
import io.tidings.message.UnitOfWork;
import io.tidings.outbox.ConversationStore;
import io.tidings.outbox.DeadLetters;
import io.tidings.outbox.DryRun;
import io.tidings.outbox.Explanation;
import io.tidings.outbox.Hints;
import io.tidings.outbox.Intake;
import io.tidings.outbox.MessageView;
import io.tidings.outbox.Messages;
import io.tidings.outbox.Receipt;
import io.tidings.outbox.Recurrences;
import io.tidings.outbox.Stores;
import io.tidings.provider.AccountCheck;
import io.tidings.provider.Provider;
import io.tidings.provider.ProviderHealth;
import io.tidings.pumping.Counter;
import io.tidings.report.History;
import io.tidings.retention.People;
import io.tidings.retention.Retention;
import io.tidings.template.Templates;
import io.tidings.tenant.Tenants;
import io.tidings.webhook.WebhookLog;
import io.tidings.webhook.Webhooks;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Customer messaging inside this application.
 *
 * <p>{@link #send} stores a message in the current transaction and returns at once; a worker hands it to the provider
 * after commit and follows it to one explained final state. Keep one instance for the life of the application and close
 * it: closing waits for requests in flight. Safe for use by many threads.
 *
 * <pre>{@code
 * try (Tidings tidings = Tidings.builder(Twilio.provider(CredentialSource.environment()).build())
 *         .from("+12025550100")
 *         .start()) {
 *     Receipt receipt = tidings.sms("+12025550143", "Your car is ready at bay 4.");
 * }
 * }</pre>
 */
public final class Tidings implements AutoCloseable {
    private static final String PAUSE = "operator";

    private final Parts parts;
    private final AtomicBoolean started = new AtomicBoolean();
    private final AtomicBoolean stopped = new AtomicBoolean();

    Tidings(Parts parts) {
        this.parts = parts;
    }

    /** Starts to describe a system that sends through this provider. */
    public static TidingsBuilder builder(Provider provider) {
        return new TidingsBuilder(provider);
    }

    /**
     * Stores a message in the current transaction; it leaves after commit. A refusal by a gate is in the receipt; a
     * mistake of the caller throws a {@link io.tidings.message.TidingsException}, and then nothing is stored.
     */
    public Receipt send(OutboundMessage message) {
        return parts.intake().take(message);
    }

    /** Stores many messages, all or none. Receipts are in their order. */
    public List<Receipt> sendAll(List<OutboundMessage> messages) {
        return parts.intake().takeAll(messages);
    }

    /** What sending the message would do: text, characters, segments, encoding, cost, gates. Nothing is stored. */
    public DryRun preview(OutboundMessage message) {
        return parts.intake().dryRun(message);
    }

    /** The templates, to create, change and find them. */
    public Templates templates() {
        return parts.templates();
    }

    /** All messages, to be searched page by page and handed out as CSV. */
    public History history() {
        return new History(parts.stores().records().search(), audit().log());
    }

    /** What became of messages, in numbers. */
    public Statistics statistics() {
        return new Statistics(parts.stores().records().statistics());
    }

    /** Deletes what is kept too long, or what somebody wants gone. */
    public Retention retention() {
        return parts.sweeps().retention();
    }

    /** Hands out everything that is known about a person, or erases it. */
    public People people() {
        return new People(parts.stores(), parts.messages(), parts.consent(), audit());
    }

    /** What each tenant set for itself, to be changed while running; throws if that is off. */
    public Tenants tenants() {
        Tenants tenants = parts.tenants();
        if (tenants == null) {
            throw new NotConfiguredException(
                    "tenants have no settings of their own here; call tenantSettings() on the builder");
        }
        return tenants;
    }

    /** Keys by which other programs are let in, as far as they are kept here. */
    public AccessKeys accessKeys() {
        return new AccessKeys(parts.stores().records().keys(), audit().log());
    }

    /** Starts a text message; its {@code send()} does the same as {@link #send}. */
    public SmsBuilder sms() {
        return new SmsBuilder(this, parts.homeCountry());
    }

    /** Sends a text to a number in international form, or in the national form of the home country. */
    public Receipt sms(String to, String text) {
        return sms().to(to).text(text).send();
    }

    /** The message as it stands. */
    public Optional<MessageView> find(MessageId id) {
        return parts.messages().find(id);
    }

    /** The message that owns an idempotency key. */
    public Optional<MessageView> find(TenantId tenant, String key) {
        return parts.messages().withKey(tenant, key);
    }

    /** How many messages have each status. */
    public Map<MessageStatus, Long> counts() {
        return parts.messages().counts();
    }

    /** How many outcomes were unknown, how that ended, and how many second copies that cost. */
    public Doubts doubts() {
        return parts.messages().doubts();
    }

    /** Everything that happened to a message, in order; {@link Explanation#text} is for people. */
    public Optional<Explanation> explain(MessageId id) {
        return parts.messages().explain(id);
    }

    /**
     * Waits until a message has reached a final state, at most this long, and returns it as it stands then. A message
     * whose carrier sends no receipts stays {@link MessageStatus#SENT}: the timeout then ends the wait.
     */
    public MessageView await(MessageId id, Duration timeout) throws InterruptedException {
        return parts.changes().await(() -> find(id).orElseThrow(() -> unknown(id)), timeout);
    }

    /** Asks the provider about a message now, and returns it as it stands then. */
    public MessageView refresh(MessageId id) {
        MessageView view = find(id).orElseThrow(() -> unknown(id));
        parts.messages()
                .newestKnownAttempt(id)
                .ifPresent(attempt -> parts.worker()
                        .refresh(view.stored().account(), attempt.id(), Objects.requireNonNull(attempt.sid())));
        return find(id).orElse(view);
    }

    private static IllegalArgumentException unknown(MessageId id) {
        return new IllegalArgumentException("there is no message " + id);
    }

    /** Cancels a message that no attempt has been begun for. */
    public Messages.Cancellation cancel(MessageId id) {
        return parts.messages().cancel(id);
    }

    /** Cancels the message that owns an idempotency key. */
    public Messages.Cancellation cancel(TenantId tenant, String key) {
        return parts.messages().cancel(tenant, key);
    }

    /** Cancels all waiting messages with this tag, and returns which those were. */
    public List<MessageId> cancelTagged(TenantId tenant, String name, String value) {
        return parts.messages().cancelTagged(tenant, name, value);
    }

    /** Sends an ended message again as a new one that names the old. */
    public Receipt resend(MessageId id) {
        return parts.intake().resend(id);
    }

    /** A recipient used the code of this message. Tells the pumping guard which ranges are real; joins the transaction. */
    public void confirmed(MessageId id) {
        MessageView view = find(id).orElseThrow(() -> unknown(id));
        confirmed(view.stored().message().tenant(), view.stored().message().to());
    }

    /** A recipient used the code that this tenant sent to the number. Joins the transaction. */
    public void confirmed(TenantId tenant, PhoneNumber number) {
        parts.stores().pumping().confirm(Counter.range(tenant, number));
    }

    /** Messages that are sent again and again. */
    public Recurrences recurring() {
        return parts.recurrences();
    }

    /** Messages that wait for an operator. */
    public DeadLetters deadLetters() {
        return parts.deadLetters();
    }

    /** The consent ledger: opt-outs, opt-ins, keywords, double opt-in, and who may be contacted. */
    public Consent consent() {
        return parts.consent();
    }

    /** Records that somebody wants no more messages of this tenant at all. Joins the current transaction. */
    public void optOut(TenantId tenant, PhoneNumber number, String actor) {
        consent().optOut(ConsentScope.of(tenant), number, Evidence.host(actor));
    }

    /** Records that somebody wants messages of this tenant. Joins the current transaction. */
    public void optIn(TenantId tenant, PhoneNumber number, String actor) {
        consent().optIn(ConsentScope.of(tenant), number, Evidence.host(actor));
    }

    /**
     * What was said between a tenant and a person, on all channels and in both directions: newest first.
     *
     * @param before the {@link ConversationStore.Entry#cursor} of the last entry of the page before, or {@code null}
     * @param limit 1 to 1000
     */
    public List<ConversationStore.Entry> conversation(
            TenantId tenant, PhoneNumber number, ConversationStore.@Nullable Cursor before, int limit) {
        if (limit < 1 || limit > 1000) {
            throw new IllegalArgumentException("a page has 1 to 1000 entries, got " + limit);
        }
        return parts.stores().conversations().page(tenant, number, before, limit);
    }

    /** The newest hundred messages between a tenant and a person. */
    public List<ConversationStore.Entry> conversation(TenantId tenant, PhoneNumber number) {
        return conversation(tenant, number, null, 100);
    }

    /**
     * Tells a listener of events of a type, {@link MessagingEvent} for all, that are written from now on. What happens
     * before somebody listens is not written: use {@link TidingsBuilder#on} to miss nothing after a start.
     */
    public <E extends MessagingEvent> void on(Class<E> type, EventListener<? super E> listener) {
        parts.events().listeners().add(type, listener);
        parts.events().dispatcher().wake();
    }

    /** Events that were not told yet. */
    public EventDesk events() {
        return parts.events().desk();
    }

    /** Outgoing webhooks: how each endpoint is doing; throws if there are none. */
    public Endpoints endpoints() {
        Endpoints endpoints = parts.events().endpoints();
        if (endpoints == null) {
            throw new NotConfiguredException("there are no endpoints; call endpoints(...) on the builder");
        }
        return endpoints;
    }

    /** Messages from people: how far they have come, quarantine, and what was missed. */
    public InboundDesk inbound() {
        return parts.inbound().desk();
    }

    /** The transaction that all stores share: what is sent inside leaves if and only if it commits. */
    public UnitOfWork transactions() {
        return parts.stores().transactions();
    }

    /** Answers the provider's status callbacks; throws if no public URL was set. */
    public Webhooks webhooks() {
        Webhooks webhooks = parts.webhooks();
        if (webhooks == null) {
            throw new NotConfiguredException(
                    "there are no webhooks without a public URL; set publicUrl(...) to the address that the provider can reach");
        }
        return webhooks;
    }

    /** The provider's webhooks that were taken in, and taking one of them in again. */
    public WebhookLog webhookLog() {
        return new WebhookLog(parts.stores().records().webhooks(), audit().log(), inbound(), this::webhooks);
    }

    /** All accounts at the provider as they stand, the house's first. Never blocks. */
    public List<AccountView> accounts() {
        return parts.accounts().views();
    }

    /** What the newest check of the house's account found, and how old that is. Never blocks. */
    public Optional<ProviderHealth.Reading> health() {
        return parts.health().health().latest();
    }

    /** Checks the house's account now, within five seconds. */
    public AccountCheck validate() {
        return parts.health().health().refresh();
    }

    /** Checks an account now, within five seconds. Throws {@link IllegalArgumentException} if it is not known here. */
    public AccountCheck validate(AccountId account) {
        return parts.health()
                .health(account)
                .orElseThrow(() -> new IllegalArgumentException("there is no account '" + account + "' here"))
                .refresh();
    }

    /**
     * Lets messages leave again that were held because the store belongs to another environment or was restored: a person
     * has looked. The store then belongs to this environment. Audited with this reason.
     */
    public void releaseHold(String reason) {
        parts.release().accept(reason);
    }

    /** Why nothing is sent at the moment: what holds this node, or why the house's account stands still. */
    public Optional<String> standstill() {
        return Optional.ofNullable(parts.worker().stopReason(AccountId.DEFAULT));
    }

    /** Who did what, when, where and why; proved on demand. */
    public AuditTrail audit() {
        return parts.auditing().trail();
    }

    /** Puts other rates in force while running, on this node. */
    public void changeRates(SenderRates rates) {
        AuditLog.Draft act = audit().log().act(Action.RATES_CHANGED);
        rates.summary().forEach(act::detail);
        act.record();
        Tenants tenants = parts.tenants();
        parts.worker().changeRates(tenants == null ? rates : rates.asking(tenants::rate));
    }

    /**
     * Does all that is due on this thread, in a system that was built, not started, and returns after which time there
     * may be more. For tests with stepped time.
     */
    public Duration runDue() {
        return runDue(Duration.ZERO);
    }

    /**
     * The same, and returns up to this time if nothing comes due before, where {@link #runDue()} returns the poll interval:
     * for who steps time far ahead. No other node may work on the same stores.
     */
    public Duration runDue(Duration atMost) {
        parts.inbound().runDue();
        Duration day = Duration.ofDays(1);
        Duration next = recurring().runDue(atMost.compareTo(day) > 0 ? atMost : day);
        Duration again = parts.worker().runDue();
        while (parts.events().runDue()) {
            again = parts.worker().runDue();
        }
        audit().seal();
        Duration calm = parts.worker().calmUpTo(atMost);
        again = calm.compareTo(again) > 0 ? calm : again;
        return next.compareTo(again) < 0 ? next : again;
    }

    /**
     * Lets a system work that was built, not started: messages leave and messages from people are handled from now on.
     * Without this call it is a node that only takes messages in, for others to send. Once.
     */
    public void start() {
        if (!started.compareAndSet(false, true)) {
            throw new IllegalStateException("the system was started before");
        }
        parts.starter().run();
    }

    /**
     * Stops taking messages out, waits for requests in flight and records their outcomes. {@code send()} and webhooks go
     * on: what they store is for another node, or for the next start of this one. For good; {@link #close} does it too.
     */
    public void stop() {
        if (stopped.compareAndSet(false, true)) {
            parts.timer().close();
            parts.inbound().close();
            parts.worker().close();
            parts.events().close();
            parts.sweeps().close();
        }
    }

    /** Whether this node hands messages to the provider: after {@link #start} and before {@link #stop}. */
    public boolean isWorking() {
        return started.get() && !stopped.get();
    }

    /**
     * Whether nothing is due on this node, by its newest look at the store. Never blocks. False while that is not known:
     * before a start, and while the node works.
     */
    public boolean isQuiet() {
        return !parts.worker().calmFor().isZero();
    }

    /** Lets nothing leave this node until {@link #resume}; what was sent is followed. Audited with this reason. */
    public void pause(String reason) {
        parts.worker().holds().hold(PAUSE, "an operator paused this node: " + reason);
        audit().log().act(Action.SENDING_PAUSED).reason(reason).record();
    }

    /** Ends {@link #pause}. Audited with this reason. */
    public void resume(String reason) {
        parts.worker().holds().release(PAUSE);
        parts.worker().wake();
        audit().log().act(Action.SENDING_RESUMED).reason(reason).record();
    }

    /** How long the message has been due that waits longest; zero if none is due. Reads the store. */
    public Duration lag() {
        return parts.stores().outbox().lag();
    }

    /** Does what {@link #stop} does, then lets the provider go. */
    @Override
    public void close() {
        stop();
        parts.hints().close();
        parts.auditing().close();
        parts.health().close();
        parts.accounts().close();
        parts.provider().close();
    }

    /** What a system is made of. */
    record Parts(
            String homeCountry,
            Stores stores,
            Intake intake,
            Messages messages,
            Templates templates,
            Consent consent,
            DeadLetters deadLetters,
            Worker worker,
            InboundWorker inbound,
            Provider provider,
            AccountsAtWork accounts,
            HealthChecks health,
            Changes changes,
            Auditing auditing,
            Recurrences recurrences,
            RecurringTimer timer,
            Consumer<String> release,
            Sweeps sweeps,
            Telling.Events events,
            @Nullable Tenants tenants,
            @Nullable Webhooks webhooks,
            Hints hints,
            Runnable starter) {}
}
