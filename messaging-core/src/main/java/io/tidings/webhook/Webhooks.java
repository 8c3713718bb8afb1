package io.tidings.webhook;

import io.tidings.message.AccountId;
import io.tidings.message.AttemptId;
import io.tidings.message.Received;
import io.tidings.message.Secret;
import io.tidings.message.StoreUnavailableException;
import io.tidings.message.TimeSource;
import io.tidings.provider.Accounts;
import io.tidings.provider.CallbackAddress;
import io.tidings.provider.ProviderFact;
import io.tidings.webhook.RawCallback.Parameter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one door for what the provider calls: checks the signature first, for every path, then reads strictly and hands
 * over.
 *
 * <p>Below the public URL are two addresses: {@code /status/…} for what becomes of attempts, and {@code /inbound} for what
 * people send (SMS, MMS and WhatsApp).
 *
 * <p>Answers: 204 a status is stored; 200 with TwiML an inbound message is stored, 200 without a body a status is genuine
 * but for an attempt unknown here; 403 not signed by one of the tokens; 404 signed, but no address of ours, or one of
 * another account's message; 405, 415, 413, 400 wrong method, content type, size, form; 503 could not be stored or
 * checked now, please come again. Never throws for what a request holds or a store does.
 *
 * <p>The address that the signature covers is the configured public URL with the received path and query; {@code Host}
 * and {@code X-Forwarded-*} are never read, because a caller can write them. Safe for use by many threads.
 */
public final class Webhooks {
    /** The longest body that is read (Twilio's own limit for what it takes back is 64 KB too). */
    public static final int MAX_BODY_BYTES = 64 * 1024;

    /** Where people's messages come in, below the public URL: enter it for each number or messaging service. */
    public static final String INBOUND_PATH = "/inbound";

    private static final Logger log = LoggerFactory.getLogger(Webhooks.class);
    private static final String FORM = "application/x-www-form-urlencoded";

    private final CallbackAddress address;
    private final String mountPath;
    private final Signers signers;
    private final StatusSink sink;
    private final @Nullable InboundSink inbound;
    private final InstantSource time;
    private final Tally tally;

    /** How many requests ended how; one tally for all that were made from each other. */
    private static final class Tally {
        final LongAdder received = new LongAdder();
        final LongAdder kept = new LongAdder();
        final LongAdder orphaned = new LongAdder();
        final LongAdder forbidden = new LongAdder();
        final LongAdder refused = new LongAdder();
        final LongAdder unavailable = new LongAdder();
        final Repeated notStored = new Repeated(TimeSource.system()::nanos);
        final Repeated notHandled = new Repeated(TimeSource.system()::nanos);
    }

    /** Where requests go. */
    private record Sinks(StatusSink statuses, @Nullable InboundSink messages) {}

    private Webhooks(
            CallbackAddress address, String mountPath, Signers signers, Sinks sinks, InstantSource time, Tally tally) {
        this.address = address;
        this.mountPath = mountPath;
        this.signers = signers;
        this.sink = sinks.statuses();
        this.inbound = sinks.messages();
        this.time = time;
        this.tally = tally;
    }

    /**
     * Answers for the given public address, whose path is also the local one.
     *
     * @param tokens the auth tokens of the house's account that are accepted, asked for each request: old and new during a
     *     rotation; while it gives none, everything is answered 403
     */
    public static Webhooks of(
            CallbackAddress address, Supplier<List<Secret>> tokens, StatusSink sink, InstantSource time) {
        return new Webhooks(
                address, address.publicPath(), Signers.ofTheHouse(tokens), new Sinks(sink, null), time, new Tally());
    }

    /**
     * The same behind a proxy that changes the path: what arrives here under {@code localPath} was called under the
     * public URL. Empty if the proxy takes the whole path away.
     */
    public Webhooks mountedAt(String localPath) {
        if (!localPath.isEmpty() && (!localPath.startsWith("/") || localPath.endsWith("/"))) {
            throw new IllegalArgumentException("a local path starts with a slash and ends without one, like /tidings");
        }
        return new Webhooks(address, localPath, signers, new Sinks(sink, inbound), time, tally);
    }

    /**
     * The same that also takes what these accounts' tokens sign, and nothing of them but what is about their own messages.
     */
    public Webhooks withAccounts(Accounts accounts) {
        Signers all = new Signers(signers.house(), accounts);
        return new Webhooks(address, mountPath, all, new Sinks(sink, inbound), time, tally);
    }

    /** The same that also takes what people send, under {@link #INBOUND_PATH} below the public URL. */
    public Webhooks withInbound(InboundSink messages) {
        return new Webhooks(address, mountPath, signers, new Sinks(sink, messages), time, tally);
    }

    /**
     * The same that answers 503 when what it keeps could not be stored within this time, whatever a connection pool was told
     * to wait; Twilio waits for 15 seconds. What is stored later counts all the same. Stores on threads of its own, at most 32,
     * so a request joins no transaction of the thread that brings it; statuses that come together are stored in one of ours.
     * Comes last: an inbound sink that is added afterwards takes the time it takes.
     */
    public Webhooks answeringWithin(Duration most) {
        Deadline deadline = new Deadline(most);
        InboundSink messages = inbound == null ? null : deadline.aroundInbound(inbound);
        return new Webhooks(
                address,
                mountPath,
                signers,
                new Sinks(deadline.aroundStatuses(sink.together()), messages),
                time,
                tally);
    }

    /** Answers one request, within the time the sink takes, or that of {@link #answeringWithin}. */
    public WebhookResponse handle(WebhookRequest request) {
        WebhookResponse response = guarded(request);
        counter(response).increment();
        return response;
    }

    /**
     * Takes a status callback in again, as the raw log has it: who sent it was checked when it came. What is known already
     * changes nothing, so it is harmless. Returns whether it is a status callback and its attempt is here; throws {@link
     * StoreUnavailableException} if nothing could be kept.
     */
    public boolean replay(AttemptId attempt, Map<String, String> parameters) {
        RawCallback raw = new RawCallback(
                parameters.entrySet().stream()
                        .map(entry -> new Parameter(entry.getKey(), entry.getValue()))
                        .toList(),
                "");
        return StatusCallbacks.read(raw, time.instant())
                .map(fact -> sink.accept(attempt, fact, raw) == StatusSink.Kept.MERGED)
                .orElse(false);
    }

    /** The address below which the provider calls, with its path and without a slash at its end. */
    public String publicUrl() {
        return address.publicUrl();
    }

    /** How many requests ended how, those of {@link #mountedAt} and {@link #withInbound} included. */
    public WebhookCounts counts() {
        return new WebhookCounts(
                tally.kept.sum(),
                tally.orphaned.sum(),
                tally.forbidden.sum(),
                tally.refused.sum(),
                tally.unavailable.sum(),
                tally.received.sum());
    }

    private LongAdder counter(WebhookResponse response) {
        return switch (response.status()) {
            case 204 -> tally.kept;
            case 200 -> response.body().isEmpty() ? tally.orphaned : tally.received;
            case 403 -> tally.forbidden;
            case 503 -> tally.unavailable;
            default -> tally.refused;
        };
    }

    private WebhookResponse guarded(WebhookRequest request) {
        try {
            return answer(request);
        } catch (StoreUnavailableException e) {
            tally.notStored.happened(times -> log.warn(
                    "Callbacks could not be stored, the provider is asked to come again ({} since this line came last): {}",
                    times,
                    e.getMessage()));
        } catch (RuntimeException e) {
            // Without its message, which may quote numbers: databases print keys.
            tally.notHandled.happened(times -> log.error(
                    "Callbacks could not be handled, the provider is asked to come again ({} since this line came last): {}",
                    times,
                    e.getClass().getName()));
        }
        return WebhookResponse.empty(503);
    }

    private WebhookResponse answer(WebhookRequest request) {
        List<String> signatures = request.header("X-Twilio-Signature");
        if (signatures.size() != 1 || !request.target().startsWith(mountPath + "/")) {
            return WebhookResponse.empty(403);
        }
        if (request.body().length > MAX_BODY_BYTES) {
            return WebhookResponse.text(413, "a callback has at most " + MAX_BODY_BYTES + " bytes");
        }
        boolean form = isForm(request);
        Optional<List<Parameter>> parameters = form ? FormBody.parse(request.body()) : Optional.of(List.of());
        if (parameters.isEmpty()) {
            return WebhookResponse.text(400, "the form is malformed or has too many parameters");
        }
        List<AccountId> by = signedBy(request, signatures.get(0), parameters.get());
        return by.isEmpty() ? WebhookResponse.empty(403) : signed(request, form, parameters.get(), by);
    }

    private List<AccountId> signedBy(WebhookRequest request, String given, List<Parameter> parameters) {
        String url = address.publicUrl() + request.target().substring(mountPath.length());
        boolean wholeInParameters = isForm(request) || request.body().length == 0;
        return signers.of(
                parameters,
                signature -> wholeInParameters
                        ? signature.matches(given, url, parameters)
                        : signature.matchesBody(given, url, request.body()));
    }

    private WebhookResponse signed(
            WebhookRequest request, boolean form, List<Parameter> parameters, List<AccountId> by) {
        if (!request.method().equals("POST")) {
            return WebhookResponse.text(405, "webhooks come by POST");
        }
        if (!form) {
            return WebhookResponse.text(415, "webhooks are forms");
        }
        String tail = request.path().substring(mountPath.length());
        if (inbound != null && tail.equals(INBOUND_PATH)) {
            return receive(inbound, by.get(0), raw(request, parameters));
        }
        Optional<AttemptId> attempt = by.stream()
                .flatMap(account -> address.read(account, address.publicPath() + tail).stream())
                .findFirst();
        if (attempt.isEmpty()) {
            log.warn(
                    "A callback signed by account {} came to an address that none of our keys made for it; was a key removed"
                            + " too early, or does one account speak of another's message?",
                    by);
            return WebhookResponse.text(404, "this address is none that Tidings made");
        }
        return keep(attempt.get(), raw(request, parameters));
    }

    private static RawCallback raw(WebhookRequest request, List<Parameter> parameters) {
        List<String> deliveries = request.header("I-Twilio-Idempotency-Token");
        return new RawCallback(parameters, deliveries.isEmpty() ? "" : deliveries.get(0));
    }

    private WebhookResponse receive(InboundSink messages, AccountId account, RawCallback raw) {
        Optional<Received> message = InboundForms.read(raw, time.instant());
        if (message.isEmpty()) {
            log.warn("A signed request to {} is no inbound message as we know it", INBOUND_PATH);
            return WebhookResponse.text(400, "this is not a well-formed inbound message");
        }
        return WebhookResponse.xml(messages.accept(account, message.get(), raw));
    }

    private WebhookResponse keep(AttemptId attempt, RawCallback raw) {
        Optional<ProviderFact> fact = StatusCallbacks.read(raw, time.instant());
        if (fact.isEmpty()) {
            log.warn("A signed callback for attempt {} is no status callback as we know it", attempt);
            return WebhookResponse.text(400, "this is not a well-formed status callback");
        }
        if (sink.accept(attempt, fact.get(), raw) == StatusSink.Kept.MERGED) {
            return WebhookResponse.empty(204);
        }
        log.warn("A genuine callback names attempt {}, which does not exist here", attempt);
        return WebhookResponse.empty(200);
    }

    private static boolean isForm(WebhookRequest request) {
        List<String> types = request.header("Content-Type");
        if (types.size() != 1) {
            return false;
        }
        String type = types.get(0).toLowerCase(Locale.ROOT).replace(" ", "").replace("\"", "");
        return type.equals(FORM) || type.equals(FORM + ";charset=utf-8");
    }
}
