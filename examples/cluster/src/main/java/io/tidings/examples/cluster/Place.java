package io.tidings.examples.cluster;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
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
import io.tidings.message.Secret;
import io.tidings.message.Sender;
import io.tidings.outbox.PollPlan;
import io.tidings.outbox.Stores;
import io.tidings.retry.RetryPolicy;
import io.tidings.throttle.Rate;
import io.tidings.twilio.Twilio;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * Where everything is: what each process of the cluster is told, so that all of them are set up alike.
 *
 * @param database JDBC address
 * @param sandbox address of the local Twilio
 * @param account its account
 * @param token its token
 * @param callbacks where the web tier answers its callbacks
 * @param rate segments per second of each sender
 * @param codes the senders
 */
record Place(
        String database, String sandbox, String account, String token, String callbacks, int rate, List<String> codes) {
    /** Times of retries, looks and polls are this much shorter than in earnest, so that a run takes a minute. */
    static final double FACTOR = 0.02;

    static final Duration LEASE = Duration.ofSeconds(9);
    private static final Duration DEADLINE = Duration.ofMillis(3_500);
    private static final String SECRET = "0123456789abcdef0123456789abcdef-an-example-not-a-secret";

    List<String> arguments() {
        return List.of(database, sandbox, account, token, callbacks, Integer.toString(rate), String.join(",", codes));
    }

    static Place of(String... arguments) {
        return new Place(
                arguments[0],
                arguments[1],
                arguments[2],
                arguments[3],
                arguments[4],
                Integer.parseInt(arguments[5]),
                List.of(arguments[6].split(",", -1)));
    }

    HikariDataSource pool(int connections) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(database);
        config.setUsername("postgres");
        config.setMaximumPoolSize(connections);
        config.setConnectionTimeout(2_000);
        return new HikariDataSource(config);
    }

    TidingsBuilder tidings(Stores stores) {
        SenderRates rates = SenderRates.defaults();
        for (String code : codes) {
            rates = rates.with(new Sender.ShortCode(code), Rate.perSecond(rate));
        }
        return Tidings.builder(
                        Twilio.provider(CredentialSource.fixed(Credentials.authToken(account, new Secret(token))))
                                .baseUrl(URI.create(sandbox))
                                .deadline(DEADLINE)
                                .connectTimeout(DEADLINE)
                                .build())
                .stores(stores)
                .secret(TidingsSecret.of(new Secret(SECRET)))
                .publicUrl(URI.create(callbacks), () -> List.of(new Secret(token)))
                .from(codes.get(0))
                .homeCountry("US")
                .quietHours(QuietHours.none())
                .missed(GapSettings.off())
                .dispatch(DispatchSettings.defaults()
                        .withLease(LEASE, DEADLINE)
                        .withPollInterval(Duration.ofMillis(200))
                        .withGrace(Duration.ofSeconds(5)))
                .rates(rates)
                .retry(RetryPolicy.defaults().scaledBy(FACTOR))
                .looks(LookPlan.standard().scaledBy(FACTOR))
                .polls(PollPlan.besideCallbacks().scaledBy(FACTOR));
    }
}
