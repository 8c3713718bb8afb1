package io.tidings.inbound;

import io.tidings.Tidings;
import io.tidings.TidingsBuilder;
import io.tidings.account.CredentialSource;
import io.tidings.account.Credentials;
import io.tidings.dispatch.SenderRates;
import io.tidings.message.Channel;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Received;
import io.tidings.message.Secret;
import io.tidings.message.Sender;
import io.tidings.message.TenantId;
import io.tidings.outbox.ConversationStore.Entry;
import io.tidings.outbox.Stores;
import io.tidings.sandbox.HandsetProfile;
import io.tidings.sandbox.Sandbox;
import io.tidings.sandbox.SandboxBuilder;
import io.tidings.sandbox.SandboxClock;
import io.tidings.test.SteppableTime;
import io.tidings.throttle.Rate;
import io.tidings.twilio.Twilio;
import io.tidings.webhook.WebhookRequest;
import io.tidings.webhook.WebhookResponse;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A stepped system against a stepped sandbox; webhooks are handed in by the test, signed as Twilio signs. */
final class InboundScene implements AutoCloseable {
    static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    static final String OURS = "+12025550100";
    static final String CUSTOMER = "+12025550143";
    static final PhoneNumber PERSON = new PhoneNumber(CUSTOMER);
    private static final String URL = "https://shop.example.com/tidings";

    final Sandbox sandbox;
    final SteppableTime time = new SteppableTime(START);
    final Stores stores;
    final UnaryOperator<TidingsBuilder> settings;
    Tidings tidings;
    private int made;

    InboundScene(UnaryOperator<TidingsBuilder> settings) {
        this(sandbox -> sandbox, settings);
    }

    InboundScene(UnaryOperator<SandboxBuilder> network, UnaryOperator<TidingsBuilder> settings) {
        this.settings = settings;
        sandbox = network.apply(Sandbox.builder()
                        .seed(11)
                        .clock(SandboxClock.steppable(START))
                        .sender(OURS, 1000)
                        .handsets(HandsetProfile.allDelivered()))
                .start();
        stores = Stores.inMemory(time);
        tidings = build();
    }

    /** A system on the same stores, as after a restart. */
    Tidings build() {
        Credentials credentials = Credentials.authToken(sandbox.accountSid(), new Secret(sandbox.authToken()));
        return settings.apply(Tidings.builder(Twilio.provider(CredentialSource.fixed(credentials))
                                .baseUrl(URI.create(sandbox.url()))
                                .build())
                        .from(OURS)
                        .stores(stores)
                        .time(time)
                        .executor(Runnable::run)
                        .rates(SenderRates.defaults()
                                .with(new Sender.Number(new PhoneNumber(OURS)), Rate.perSecond(1000)))
                        .publicUrl(URI.create(URL), () -> List.of(new Secret(sandbox.authToken()))))
                .build();
    }

    /** Stops and starts again after this time. */
    void restart(Duration down) {
        tidings.close();
        forward(down);
        tidings = build();
    }

    void forward(Duration step) {
        time.forward(step);
        sandbox.advance(step);
    }

    /** Does what is due, twice: a sender that was just taken over has no permits yet. */
    void run() {
        tidings.runDue();
        forward(Duration.ofSeconds(1));
        tidings.runDue();
    }

    static String sid(int which) {
        return "SM%032x".formatted(which);
    }

    Map<String, String> form(String from, String body) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("MessageSid", sid(++made));
        form.put("SmsSid", sid(made));
        form.put("AccountSid", sandbox.accountSid());
        form.put("From", from);
        form.put("To", from.startsWith("whatsapp:") ? "whatsapp:" + OURS : OURS);
        form.put("Body", body);
        form.put("NumMedia", "0");
        form.put("NumSegments", "1");
        form.put("ApiVersion", "2010-04-01");
        return form;
    }

    WebhookResponse text(String body) {
        return deliver(form(CUSTOMER, body));
    }

    WebhookResponse deliver(Map<String, String> form) {
        return tidings.webhooks().handle(request(form));
    }

    WebhookRequest request(Map<String, String> form) {
        Map<String, List<String>> headers = new HashMap<>();
        headers.put("X-Twilio-Signature", List.of(sign(URL + "/inbound", form)));
        headers.put("Content-Type", List.of("application/x-www-form-urlencoded"));
        return new WebhookRequest("POST", "/tidings/inbound", headers, encode(form));
    }

    private String sign(String url, Map<String, String> form) {
        StringBuilder text = new StringBuilder(url);
        new TreeMap<>(form).forEach((name, value) -> text.append(name).append(value));
        try {
            Mac hmac = Mac.getInstance("HmacSHA1");
            hmac.init(new SecretKeySpec(sandbox.authToken().getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getEncoder()
                    .encodeToString(hmac.doFinal(text.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] encode(Map<String, String> form) {
        return form.entrySet().stream()
                .map(entry -> URLEncoder.encode(entry.getKey(), StandardCharsets.UTF_8) + "="
                        + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"))
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** What went out to the customer, as the sandbox knows it. */
    List<String> sent() {
        return sandbox.messages().stream()
                .filter(message -> message.direction().startsWith("outbound"))
                .map(message -> message.body())
                .toList();
    }

    /** The newest entries of the conversation, oldest first. */
    List<Entry> conversation() {
        List<Entry> page = tidings.conversation(TenantId.DEFAULT, PERSON);
        return page.stream().sorted((a, b) -> a.cursor().compareTo(b.cursor())).toList();
    }

    static Received received(int which, Instant at, String text) {
        return new Received(
                sid(which),
                Channel.SMS,
                PERSON,
                new Sender.Number(new PhoneNumber(OURS)),
                null,
                text,
                List.of(),
                Map.of(),
                1,
                at);
    }

    @Override
    public void close() {
        tidings.close();
        sandbox.close();
    }
}
