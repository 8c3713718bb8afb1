package io.tidings.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A local Twilio for messages: its HTTP API, a carrier, handsets, and a log of what really happened.
 *
 * <p>Listens on the loopback address only. Point a client at {@link #url()} with {@link #accountSid()} and
 * {@link #authToken()}. Prices are invented. Safe for use by many threads; {@link #close()} frees the port and ends its
 * threads, all of which are daemons.
 */
public final class Sandbox implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sandbox.class);

    private final Network network;
    private final Inbox inbox;
    private final SandboxServer server;
    private final Outages outages;

    Sandbox(SandboxBuilder settings) {
        settings.clock.start();
        this.network = new Network(settings);
        this.inbox = new Inbox(network);
        this.server = new SandboxServer(network, new ControlApi(this, network, inbox));
        this.outages = new Outages(network, server);
        try {
            server.listen();
            outages.plan();
        } catch (RuntimeException e) {
            network.close();
            throw e;
        }
        LOG.info("Sandbox listens on {}, seed {}", url(), seed());
    }

    /** Returns settings with their defaults. */
    public static SandboxBuilder builder() {
        return new SandboxBuilder();
    }

    /** Starts a sandbox with all defaults. */
    public static Sandbox start() {
        return builder().start();
    }

    /** Returns the base address, {@code http://127.0.0.1:PORT}, for all of Twilio's hosts alike. */
    public String url() {
        return server.url();
    }

    /** Returns the port. */
    public int port() {
        return server.port();
    }

    /** Returns the seed that repeats this run. */
    public long seed() {
        return network.settings.seed;
    }

    /**
     * Creates an account below the main one, with these senders at the default pace of their kind.
     *
     * @throws IllegalArgumentException if one of them is a sender of another account
     */
    public Subaccount subaccount(String friendlyName, String... senders) {
        return network.locked(() -> {
            for (String address : senders) {
                if (network.senders.find(address) != null) {
                    throw new IllegalArgumentException(
                            "A sender belongs to one account, and one of these has an account already");
                }
            }
            Account account = network.accounts.add(friendlyName);
            for (String address : senders) {
                network.senders.add(address, SenderKind.of(address).segmentsPerSecond(), account);
            }
            return new Subaccount(account);
        });
    }

    /** Returns the main account's id, {@code AC…}. */
    public String accountSid() {
        return network.accounts.main().sid();
    }

    /** Returns the main account's token; it also signs the callbacks. */
    public String authToken() {
        return network.accounts.main().token();
    }

    /** Returns the id of a main API key, {@code SK…}. */
    public String apiKeySid() {
        return network.accounts.apiKeySid();
    }

    /** Returns the secret of the API key. */
    public String apiKeySecret() {
        return network.accounts.apiKeySecret();
    }

    /** Returns the id of the test credentials: Twilio's magic numbers answer, nothing is stored or called back. */
    public String testAccountSid() {
        return network.accounts.testSid();
    }

    /** Returns the token of the test credentials. */
    public String testAuthToken() {
        return network.accounts.testToken();
    }

    /** Returns the ground truth. */
    public SandboxLog log() {
        return network.log;
    }

    /** Returns the faults to come. */
    public Faults faults() {
        return network.faults;
    }

    /** Returns the sandbox's date. */
    public Instant now() {
        return network.clock.instant();
    }

    /**
     * Moves the sandbox's time ahead; see {@link SandboxClock#advance}.
     *
     * @throws IllegalArgumentException if the duration is negative
     */
    public void advance(Duration by) {
        network.clock.advance(by);
    }

    /** Returns all messages, oldest first. */
    public List<SandboxMessage> messages() {
        return network.locked(() ->
                network.messages.oldestFirst(null).stream().map(Message::view).toList());
    }

    /** Returns one message. */
    public Optional<SandboxMessage> message(String sid) {
        return network.locked(
                () -> Optional.ofNullable(network.messages.find(sid)).map(Message::view));
    }

    /** Returns the senders of all accounts, each with its SID. */
    public Map<String, String> senders() {
        return network.locked(() -> {
            Map<String, String> senders = new LinkedHashMap<>();
            network.senders.all().forEach(each -> senders.put(each.address(), each.sid()));
            return senders;
        });
    }

    /**
     * Lets a handset answer. The message is stored as inbound, keywords take effect, and the webhook of the sender or of
     * its service is called.
     *
     * @param from the handset's number
     * @param to one of the account's senders
     * @return the SID, or nothing when the sender's service has no inbound address and so receives nothing
     * @throws IllegalArgumentException if {@code from} is no number or {@code to} is no sender
     */
    public Optional<String> reply(String from, String to, String text) {
        return inbox.receive(new Inbox.Incoming(from, to, text, List.of()));
    }

    /**
     * Returns the handset of a number; every number has one.
     *
     * @param number in E.164
     * @throws IllegalArgumentException if it is no number
     */
    public Handset handset(String number) {
        requireNumber(number);
        return new Handset(network, inbox, number);
    }

    /**
     * Adds an approved content template, as {@code POST /v1/Content} and its approval do.
     *
     * @param body the text with its variables, such as <code>{{1}}</code>
     * @return its SID, for {@code ContentSid}
     */
    public String contentTemplate(String friendlyName, String language, String body) {
        return network.locked(() -> {
            ObjectNode asked = Json.object().put("friendly_name", friendlyName).put("language", language);
            asked.putObject("types").putObject("twilio/text").put("body", body);
            Content content = network.contents.create(asked, network.clock.instant());
            content.status = "approved";
            return content.sid;
        });
    }

    /**
     * Sets what WhatsApp says of a content template: {@code unsubmitted}, {@code received}, {@code pending}, {@code approved},
     * {@code rejected}, {@code paused} or {@code disabled}. Outside the window only {@code approved} ones are sent.
     *
     * @throws IllegalArgumentException if there is no such template or status
     */
    public void approval(String contentSid, String status) {
        if (!List.of("unsubmitted", "received", "pending", "approved", "rejected", "paused", "disabled")
                .contains(status)) {
            throw new IllegalArgumentException(
                    "An approval is unsubmitted, received, pending, approved, rejected," + " paused or disabled");
        }
        network.inLock(() -> {
            Content content = network.contents.find(contentSid);
            if (content == null) {
                throw new IllegalArgumentException("There is no such content template: create it first");
            }
            content.status = status;
        });
    }

    /**
     * Decides what happens to the next messages to a number, one outcome each; the last one stays.
     *
     * @param number in E.164
     */
    public void handset(String number, HandsetOutcome first, HandsetOutcome... then) {
        List<HandsetOutcome> outcomes = new ArrayList<>(List.of(then));
        outcomes.add(0, first);
        handset(number, outcomes);
    }

    void handset(String number, List<HandsetOutcome> outcomes) {
        requireNumber(number);
        if (outcomes.isEmpty()) {
            throw new IllegalArgumentException("A handset needs at least one outcome: name what happens next");
        }
        network.inLock(() -> network.handsets.set(number, outcomes));
    }

    private static void requireNumber(String number) {
        if (!Numbers.isValid(number)) {
            throw new IllegalArgumentException("A handset has a phone number in E.164, such as +12025550123");
        }
    }

    /**
     * Creates a messaging service with these senders in its pool.
     *
     * @return its SID
     * @throws IllegalArgumentException if one of them is no sender of the account or is in another service
     */
    public String createService(String friendlyName, String... pool) {
        return network.locked(() -> {
            List<Sender> members = new ArrayList<>();
            for (String address : pool) {
                Sender sender = network.senders.find(address);
                if (sender == null || !sender.account().isMain() || sender.serviceSid() != null) {
                    throw new IllegalArgumentException("A pool takes senders of the account that are in no other"
                            + " service: add this one with SandboxBuilder.sender(...)");
                }
                members.add(sender);
            }
            MessagingService service = network.services.create(friendlyName, network.clock.instant());
            members.forEach(each -> each.serviceSid(service.sid));
            return service.sid;
        });
    }

    /** Switches Advanced Opt-Out of a service on or off: {@code OptOutType} in its inbound webhooks, short codes too. */
    public void advancedOptOut(String serviceSid, boolean on) {
        network.inLock(() -> {
            MessagingService service = network.services.find(serviceSid);
            if (service == null) {
                throw new IllegalArgumentException("There is no such messaging service: create it first");
            }
            service.advancedOptOut = on;
        });
    }

    /** Sets where inbound messages to a sender are posted, unless its service decides. */
    public void inboundWebhook(String sender, String url) {
        Sender mine = receiver(sender, url);
        network.inLock(() -> mine.inboundUrl(url));
    }

    /** Sets where they are posted when the first address gives no good answer: no connection, no answer, 400 or more. */
    public void inboundFallback(String sender, String url) {
        Sender mine = receiver(sender, url);
        network.inLock(() -> mine.fallbackUrl(url));
    }

    /**
     * Posts what is meant for an address, or for one below it, to another, as a proxy or a tunnel does. It stays signed for the
     * first one, which is also what the log has.
     *
     * @param address what messages and senders name, such as {@code https://shop.example.com/tidings}
     * @param reached where that is, such as {@code http://127.0.0.1:8080/tidings}
     */
    public void detour(String address, String reached) {
        if (!CreateRules.Urls.isCallback(address) || !CreateRules.Urls.isCallback(reached)) {
            throw new IllegalArgumentException("A webhook is an http or https address whose host has no underscore");
        }
        network.callbacks.detours.add(address, reached);
    }

    private Sender receiver(String sender, String url) {
        if (!CreateRules.Urls.isCallback(url)) {
            throw new IllegalArgumentException("A webhook is an http or https address whose host has no underscore");
        }
        Sender mine = network.locked(() -> network.senders.find(sender));
        if (mine == null) {
            throw new IllegalArgumentException("A webhook belongs to one of the sandbox's senders: add this one with"
                    + " SandboxBuilder.sender(...)");
        }
        return mine;
    }

    /** Replaces the auth token: the old one is refused from now on, and callbacks are signed with the new one. */
    public void rotateAuthToken(String token) {
        network.accounts.main().token(token);
    }

    /** Sets the account's status: {@code active}, {@code suspended} or {@code closed}; only the first may create. */
    public void accountStatus(String status) {
        network.accounts.main().status(status);
    }

    /** Sets the balance that {@code Balance.json} tells, as a decimal string in USD. The sandbox charges nothing. */
    public void balance(String amount) {
        if (!amount.matches("-?[0-9]{1,12}(\\.[0-9]{1,10})?")) {
            throw new IllegalArgumentException("A balance is a decimal number, such as 12.50 or -3");
        }
        network.accounts.main().balance(amount);
    }

    /** Closes the port, so that connections are refused; everything known stays, and time goes on. */
    public void stopListening() {
        server.stop();
    }

    /**
     * Listens on the same port again.
     *
     * @throws java.io.UncheckedIOException if another program has taken it
     */
    public void resumeListening() {
        server.listen();
    }

    /** Returns how badly the sandbox behaves. */
    public Hostility hostility() {
        return network.mischief.hostility();
    }

    /** Behaves so from now on; {@link Hostility#calm()} ends it. Faults made by hand stay. */
    public void hostile(Hostility hostility) {
        network.mischief.hostility(hostility);
        outages.plan();
    }

    /**
     * Restarts: the port closes now and opens after this time of the sandbox. All that is known stays; answers on their
     * way are lost, callbacks wait. Does nothing if the sandbox is down already.
     *
     * @param losesCallbacks whether the callbacks that waited are lost; otherwise they leave when the port opens
     * @throws IllegalArgumentException if the time is negative
     */
    public void restart(Duration time, boolean losesCallbacks) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("A restart takes zero or more, not " + time);
        }
        outages.restart(time, losesCallbacks);
    }

    /** Restarts soon, so that the answer to this command can leave. */
    void restartSoon(Duration time, boolean losesCallbacks) {
        network.clock.after(Duration.ofMillis(20), () -> restart(time, losesCallbacks));
    }

    /** Stops the HTTP server soon, and lets it resume after this time of the sandbox. */
    void outage(Duration time) {
        network.clock.after(Duration.ofMillis(20), this::stopListening);
        network.clock.after(time.plusMillis(20), this::resumeListening);
    }

    /** Frees the port, ends the threads, closes the log file; the log stays readable. */
    @Override
    public void close() {
        server.close();
        network.close();
    }
}
