package io.tidings.sandbox;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends webhooks: signed, with Twilio's retry rules, each try in the log. On a real clock by at most 32 threads; on a
 * steppable one as an event, so that {@code advance} returns after the answer. Safe for use by many threads.
 */
final class CallbackSender {
    private static final Logger LOG = LoggerFactory.getLogger(CallbackSender.class);
    private static final int THREADS = 32;
    /** Waits are whole milliseconds: what is left below one is no time for another try. */
    private static final long SHORTEST_TRY = 1_000_000;

    final Detours detours = new Detours();
    private final CallbackWire wire = new CallbackWire();
    private final SandboxClock clock;
    private final SandboxLog log;
    private final Faults faults;
    private final Mischief mischief;
    private final Accounts accounts;
    private final boolean signDefaultPort;
    private final Sids tokens;
    private final ThreadPoolExecutor pool;

    /** Guarded by itself, as is {@link #down}: what waits while the sandbox is down. */
    private final List<Held> held = new ArrayList<>();

    private boolean down;

    CallbackSender(Network network) {
        this.clock = network.clock;
        this.log = network.log;
        this.faults = network.faults;
        this.mischief = network.mischief;
        this.accounts = network.accounts;
        SandboxBuilder settings = network.settings;
        this.signDefaultPort = settings.signDefaultPort;
        this.tokens = new Sids(settings.seed + 2);
        this.pool = new ThreadPoolExecutor(
                THREADS, THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), DaemonThreads.named("callback"));
        pool.allowCoreThreadTimeOut(true);
    }

    private record Held(CallbackLane lane, Webhook webhook) {}

    /** Sends it, unless bad luck strikes it. */
    void send(CallbackLane lane, Webhook webhook) {
        Mishap mishap = lane.isAwaited() ? null : mishap(webhook);
        if (mishap == null) {
            queue(lane, webhook);
            return;
        }
        log.write(stamp -> new LogEntry.Struck(stamp, mishap, webhook.sid(), webhook.status()));
        switch (mishap) {
            case CALLBACK_DUPLICATED, INBOUND_DUPLICATED -> {
                queue(lane, webhook);
                clock.after(mischief.lateness(webhook), () -> queue(new CallbackLane(), webhook));
            }
            case CALLBACK_REORDERED, INBOUND_REORDERED ->
                clock.after(mischief.lateness(webhook), () -> queue(new CallbackLane(), webhook));
            default -> lane.tell();
        }
    }

    private @Nullable Mishap mishap(Webhook webhook) {
        Mishap byHand = faults.take(webhook.target());
        return byHand == null ? mischief.ofWebhook(webhook) : byHand;
    }

    /** Holds back what has not left yet. */
    void pause() {
        synchronized (held) {
            down = true;
        }
    }

    /** Lets what was held back leave, or loses it. */
    void resume(boolean losing) {
        List<Held> waiting;
        synchronized (held) {
            down = false;
            waiting = List.copyOf(held);
            held.clear();
        }
        for (Held each : waiting) {
            Webhook webhook = each.webhook;
            if (losing) {
                log.write(stamp -> new LogEntry.Struck(stamp, Mishap.RESTART, webhook.sid(), webhook.status()));
                each.lane.tell();
            } else {
                queue(each.lane, webhook);
            }
        }
    }

    private boolean holds(CallbackLane lane, Webhook webhook) {
        synchronized (held) {
            return down && held.add(new Held(lane, webhook));
        }
    }

    private void queue(CallbackLane lane, Webhook webhook) {
        if (holds(lane, webhook) || !lane.add(webhook)) {
            return;
        }
        if (clock.isSteppable()) {
            clock.after(Duration.ZERO, () -> drain(lane));
        } else {
            try {
                pool.execute(() -> drain(lane));
            } catch (RejectedExecutionException e) {
                LOG.debug("The sandbox is closed: a callback is dropped");
            }
        }
    }

    void close() {
        pool.shutdownNow();
        wire.close();
    }

    private void drain(CallbackLane lane) {
        for (Webhook next = lane.next(); next != null; next = lane.next()) {
            if (holds(lane, next)) {
                continue;
            }
            try {
                deliver(next);
                lane.tell();
            } catch (RuntimeException e) {
                LOG.warn("A callback of message {} could not be sent", next.sid(), e);
            }
        }
    }

    private void deliver(Webhook webhook) {
        HttpReply answer = ask(webhook);
        if (answer == null || answer.status() >= 400) {
            Webhook second = webhook.second();
            answer = second == null ? null : ask(second);
        }
        if (answer != null && answer.status() < 300 && webhook.reader() != null) {
            webhook.reader().accept(answer);
        }
    }

    private @Nullable HttpReply ask(Webhook webhook) {
        URI uri = URI.create(webhook.url());
        ConnectionOverrides overrides = ConnectionOverrides.of(uri.getRawFragment());
        CallbackWire.Post post = new CallbackWire.Post(
                URI.create(detours.of(webhook.url())), headers(webhook, uri), Forms.encode(webhook.parameters()));
        long end = SandboxClock.machineNanos() + overrides.total().toNanos();
        for (int attempt = 1; ; attempt++) {
            CallbackWire.Sent sent = wire.send(post, attempt, overrides, end);
            LogEntry.Reply reply = sent.reply();
            log.write(stamp ->
                    new LogEntry.Callback(stamp, webhook.sid(), webhook.status(), signedUrl(webhook.url()), reply));
            boolean last = attempt > overrides.retries() || end - SandboxClock.machineNanos() < SHORTEST_TRY;
            if (last || !overrides.retriesAfter(reply)) {
                return sent.answer();
            }
        }
    }

    private Map<String, String> headers(Webhook webhook, URI uri) {
        Map<String, String> headers = new LinkedHashMap<>();
        String url = signedUrl(webhook.url());
        String signed = signDefaultPort ? withPort(url, uri) : url;
        headers.put("X-Twilio-Signature", Signature.of(token(webhook), signed, webhook.parameters()));
        headers.put("I-Twilio-Idempotency-Token", tokens.next(""));
        headers.put("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8");
        headers.put("User-Agent", "TwilioProxy/1.1");
        headers.put("Accept", "*/*");
        if (uri.getUserInfo() != null) {
            headers.put(
                    "Authorization",
                    "Basic "
                            + Base64.getEncoder()
                                    .encodeToString(uri.getUserInfo().getBytes(StandardCharsets.UTF_8)));
        }
        return headers;
    }

    /** That of the account whose message it is. */
    private String token(Webhook webhook) {
        Account account = accounts.find(webhook.accountSid());
        return account == null ? accounts.main().token() : account.token();
    }

    /** Without fragment and without user and password, otherwise to the letter as configured. */
    static String signedUrl(String url) {
        int fragment = url.indexOf('#');
        String whole = fragment < 0 ? url : url.substring(0, fragment);
        int start = whole.indexOf("://") + 3;
        int slash = whole.indexOf('/', start);
        int at = whole.lastIndexOf('@', slash < 0 ? whole.length() : slash);
        return at < start ? whole : whole.substring(0, start) + whole.substring(at + 1);
    }

    private static String withPort(String url, URI uri) {
        if (uri.getPort() != -1) {
            return url;
        }
        int end = url.indexOf(uri.getHost()) + uri.getHost().length();
        return url.substring(0, end) + ("https".equals(uri.getScheme()) ? ":443" : ":80") + url.substring(end);
    }
}
