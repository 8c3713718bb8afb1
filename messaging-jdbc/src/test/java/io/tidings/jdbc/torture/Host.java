package io.tidings.jdbc.torture;

import io.tidings.Tidings;
import io.tidings.TidingsBuilder;
import io.tidings.account.CredentialSource;
import io.tidings.account.Credentials;
import io.tidings.account.TidingsSecret;
import io.tidings.dispatch.DispatchSettings;
import io.tidings.dispatch.LookPlan;
import io.tidings.dispatch.SenderRates;
import io.tidings.gate.QuietHours;
import io.tidings.inbound.GapSettings;
import io.tidings.message.Category;
import io.tidings.message.Secret;
import io.tidings.message.Sender;
import io.tidings.outbox.PollPlan;
import io.tidings.outbox.Stores;
import io.tidings.provider.Provider;
import io.tidings.pumping.PumpingLimits;
import io.tidings.retry.RetryPolicy;
import io.tidings.retry.UncertainPolicy;
import io.tidings.throttle.Rate;
import io.tidings.twilio.Twilio;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** How every node of these rows is set up: a short lease, and horizons, looks and polls that fit into a test. */
record Host(String url, String account, String token, int perSecond) {
    /** Segments per second of each sender: more than these tests send. */
    static final int FAST = 200;

    static final Duration LEASE = Duration.ofSeconds(8);
    /** What retries, looks and horizons are multiplied with in real time: 30 minutes become 5.4 seconds. */
    static final double FACTOR = 0.003;

    /** The defaults, but advertisements are given up after half an hour instead of a day. */
    private static final RetryPolicy RETRY = RetryPolicy.defaults()
            .withRule(
                    Category.MARKETING,
                    RetryPolicy.defaults()
                            .rule(Category.MARKETING)
                            .withUncertain(UncertainPolicy.atMostOnce(Duration.ofMinutes(30))));

    /** The waits of the default grow to hours, which no factor makes fit where a callback and some answers were lost. */
    private static final PollPlan POLLS = new PollPlan(Stream.concat(
                    Stream.of(Duration.ofMillis(300), Duration.ofMillis(1_500)),
                    Stream.generate(() -> Duration.ofSeconds(3)).limit(240))
            .toList());

    private static final Duration DEADLINE = Duration.ofMillis(2_500);
    private static final String SECRET = "0123456789abcdef0123456789abcdef-a-test-not-a-secret";

    static Host of(LocalTwilio twilio) {
        return new Host(twilio.url, twilio.account, twilio.token, FAST);
    }

    Provider provider() {
        return Twilio.provider(CredentialSource.fixed(Credentials.authToken(account, new Secret(token))))
                .baseUrl(URI.create(url))
                .deadline(DEADLINE)
                .connectTimeout(DEADLINE)
                .build();
    }

    /** With callbacks to this address. */
    TidingsBuilder on(Stores stores, Provider provider, URI callbacks) {
        SenderRates rates = SenderRates.defaults();
        for (String code : LocalTwilio.SENDERS) {
            rates = rates.with(new Sender.ShortCode(code), Rate.perSecond(perSecond));
        }
        return Tidings.builder(provider)
                .stores(stores)
                .secret(TidingsSecret.of(new Secret(SECRET)))
                .publicUrl(callbacks, () -> List.of(new Secret(token)))
                .from(LocalTwilio.SENDER)
                .homeCountry("US")
                .quietHours(QuietHours.none())
                .pumping(PumpingLimits.off())
                .missed(GapSettings.off())
                .dispatch(DispatchSettings.defaults()
                        .withLease(LEASE, DEADLINE)
                        .withPollInterval(Duration.ofMillis(200))
                        .withGrace(Duration.ofSeconds(5)))
                .rates(rates);
    }

    /** The same with times that fit into a test in real time. */
    static TidingsBuilder scaled(TidingsBuilder builder) {
        return builder.retry(RETRY.scaledBy(FACTOR))
                .looks(LookPlan.standard().scaledBy(FACTOR))
                .polls(POLLS);
    }
}
