package io.tidings.benchmarks.outbox;

import io.tidings.Tidings;
import io.tidings.account.CredentialSource;
import io.tidings.account.Credentials;
import io.tidings.benchmarks.Database;
import io.tidings.benchmarks.Results;
import io.tidings.benchmarks.Samples;
import io.tidings.benchmarks.Server;
import io.tidings.benchmarks.Texts;
import io.tidings.benchmarks.stub.Stub;
import io.tidings.jdbc.JdbcStores;
import io.tidings.message.Secret;
import io.tidings.twilio.Twilio;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** How long after a commit the request of an idle system comes in at the stub. */
record FirstByte(int sends) implements OutboxMain.Aside {
    private static final int WARM = 50;
    private static final int MOST = 300;

    @Override
    public void measure(Server.Postgres server, Results results) throws Exception {
        Samples millis = sample(server);
        results.put(
                "commitToFirstByteMillis",
                Map.of(
                        "p50", millis.quantile(0.5),
                        "p99", millis.quantile(0.99),
                        "most", millis.quantile(1)));
        System.out.printf(
                Locale.ROOT,
                "idle: commit to the stub's first byte p50 %.1f ms, p99 %.1f ms, most %.1f ms (%d sends)%n",
                millis.quantile(0.5),
                millis.quantile(0.99),
                millis.quantile(1),
                millis.count());
    }

    private Samples sample(Server.Postgres server) throws Exception {
        List<Double> millis = new ArrayList<>();
        Credentials credentials = Credentials.authToken(Stub.ACCOUNT_SID, new Secret("secret"));
        Random pauses = new Random(7);
        Texts texts = new Texts();
        try (Stub stub = Stub.start();
                Database database = server.empty();
                Tidings tidings = Ours.builder(
                                Twilio.provider(CredentialSource.fixed(credentials))
                                        .baseUrl(stub.url())
                                        .build(),
                                JdbcStores.on(database.pool()).open())
                        .start()) {
            stub.reset(0);
            for (int number = 1; number <= WARM + Math.min(MOST, sends); number++) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10 + pauses.nextInt(20)));
                tidings.send(Ours.message(texts.next()));
                long committed = Stub.micros();
                double took = (stub.await(number) - committed) / 1e3;
                if (number > WARM) {
                    millis.add(Math.max(0, took));
                }
            }
        }
        return new Samples(millis);
    }
}
