package io.tidings.test;

import io.tidings.Tidings;
import io.tidings.TidingsBuilder;
import io.tidings.account.CredentialSource;
import io.tidings.account.Credentials;
import io.tidings.message.Secret;
import io.tidings.provider.Provider;
import io.tidings.sandbox.HandsetProfile;
import io.tidings.sandbox.Sandbox;
import io.tidings.sandbox.SandboxBuilder;
import io.tidings.sandbox.SandboxClock;
import io.tidings.twilio.Twilio;
import io.tidings.webhook.LocalWebhooks;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A whole system for a test: it sends from the short code 55512, its home country is the US, and nothing happens before
 * {@link #runDue} or {@link #forward}. Time stands still, so a test of two days takes milliseconds and needs no sleep.
 *
 * <pre>{@code
 * try (TestTidings kit = TestTidings.overFake()) {
 *     kit.fake().failNext(30003, times(2));
 *     kit.tidings().sms("+12025550143", "Your car is ready.");
 *     kit.forward(Duration.ofHours(1)).runDue();
 *     assertThat(kit).sentTo("+12025550143").times(3);
 * }
 * }</pre>
 *
 * <p>To be used by one thread.
 */
public final class TestTidings implements AutoCloseable {
    /** What the kit sends from. */
    public static final String SENDER = "55512";

    private static final URI PUBLIC_URL = URI.create("https://tidings.example.com");
    private static final Duration SHORTEST_STEP = Duration.ofMillis(1);

    private final SteppableTime time;
    private final Tidings tidings;
    private final OtherSide other;
    private final @Nullable FakeProvider fake;
    private final @Nullable Sandbox sandbox;

    private TestTidings(
            SteppableTime time,
            Tidings tidings,
            OtherSide other,
            @Nullable FakeProvider fake,
            @Nullable Sandbox sandbox) {
        this.time = time;
        this.tidings = tidings;
        this.other = other;
        this.fake = fake;
        this.sandbox = sandbox;
    }

    /** A system over a {@link FakeProvider}: no network, no threads. */
    public static TestTidings overFake() {
        return overFake(settings -> settings);
    }

    /** The same with settings of your own; provider, time and public URL are the kit's. */
    public static TestTidings overFake(UnaryOperator<TidingsBuilder> settings) {
        SteppableTime time = new SteppableTime();
        Secret token = new Secret("the auth token of the fake account");
        FakeProvider provider = new FakeProvider(time);
        Tidings tidings = settings.apply(defaults(provider))
                .time(time)
                .publicUrl(PUBLIC_URL, () -> List.of(token))
                .build();
        return new TestTidings(time, tidings, new FakeSide(provider, token), provider, null);
    }

    /** A system over a sandbox on loopback that delivers everything: real requests, real signed callbacks. */
    public static TestTidings overSandbox() {
        return overSandbox(sandbox -> sandbox, settings -> settings);
    }

    /** The same with settings of your own; provider, times and public URL are the kit's. */
    public static TestTidings overSandbox(
            UnaryOperator<SandboxBuilder> carrier, UnaryOperator<TidingsBuilder> settings) {
        SteppableTime time = new SteppableTime();
        SandboxBuilder defaults =
                Sandbox.builder().sender(SENDER).sender("+12025550100").handsets(HandsetProfile.allDelivered());
        Sandbox sandbox = carrier.apply(defaults)
                .clock(SandboxClock.steppable(time.instant()))
                .start();
        LocalWebhooks webhooks = LocalWebhooks.on(0);
        Recorder recorder = new Recorder(provider(sandbox));
        Tidings tidings = settings.apply(defaults(recorder))
                .time(time)
                .publicUrl(webhooks.url(), () -> List.of(new Secret(sandbox.authToken())))
                .build();
        webhooks.answer(tidings.webhooks());
        return new TestTidings(time, tidings, new SandboxSide(sandbox, webhooks, recorder), null, sandbox);
    }

    private static TidingsBuilder defaults(Provider provider) {
        return Tidings.builder(provider)
                .from(SENDER)
                .homeCountry("US")
                .random(new Random(1))
                .executor(Runnable::run);
    }

    private static Provider provider(Sandbox sandbox) {
        Credentials credentials = Credentials.authToken(sandbox.accountSid(), new Secret(sandbox.authToken()));
        return Twilio.provider(CredentialSource.fixed(credentials))
                .baseUrl(URI.create(sandbox.url()))
                .build();
    }

    /** The system under test. */
    public Tidings tidings() {
        return tidings;
    }

    /** Its time. */
    public SteppableTime time() {
        return time;
    }

    /** The fake; throws if this system runs over a sandbox. */
    public FakeProvider fake() {
        if (fake == null) {
            throw new IllegalStateException(
                    "this system runs over a sandbox; call sandbox(), or start it with overFake()");
        }
        return fake;
    }

    boolean isOverFake() {
        return fake != null;
    }

    /** The sandbox; throws if this system runs over a fake. */
    public Sandbox sandbox() {
        if (sandbox == null) {
            throw new IllegalStateException(
                    "this system runs over a fake; call fake(), or start it with overSandbox()");
        }
        return sandbox;
    }

    /**
     * Lets time pass. What falls due on the way is done at its moment, in order; what falls due exactly at the end is
     * left to {@link #runDue}.
     */
    public TestTidings forward(Duration span) {
        if (span.isNegative()) {
            throw new IllegalArgumentException("time only moves forward, got " + span);
        }
        Duration left = span;
        while (!left.isZero()) {
            Duration step = min(max(due(min(left, other.longestStep())), SHORTEST_STEP), left);
            time.forward(step);
            other.advance(step);
            left = left.minus(step);
        }
        return this;
    }

    /** Does everything that is due now, and whatever becomes due by that at once. */
    public TestTidings runDue() {
        due(Duration.ZERO);
        return this;
    }

    private Duration due(Duration atMost) {
        Duration again;
        do {
            again = tidings.runDue(atMost);
        } while (other.tellNews(tidings));
        return again;
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    /** What the other side accepted, oldest first: the truth, also where an answer was lost. */
    public List<Sent> sent() {
        return other.sent(tidings);
    }

    /** Ends the system, then the sandbox if there is one. */
    @Override
    public void close() {
        tidings.close();
        other.close();
    }
}
