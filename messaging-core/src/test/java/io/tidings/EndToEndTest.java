package io.tidings;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.tidings.account.CredentialSource;
import io.tidings.account.Credentials;
import io.tidings.dispatch.SenderRates;
import io.tidings.message.MessageStatus;
import io.tidings.message.Money;
import io.tidings.message.Secret;
import io.tidings.message.Sender;
import io.tidings.outbox.MessageView;
import io.tidings.outbox.Receipt;
import io.tidings.sandbox.Delays;
import io.tidings.sandbox.HandsetOutcome;
import io.tidings.sandbox.HandsetProfile;
import io.tidings.sandbox.Sandbox;
import io.tidings.throttle.Rate;
import io.tidings.twilio.Twilio;
import io.tidings.webhook.JdkHttpBinding;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole way over real sockets: send, gates, throttle, adapter, sandbox, signed callbacks. */
class EndToEndTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Sandbox sandbox;
    private HttpServer webhooks;
    private ExecutorService threads;
    private Tidings tidings;

    @BeforeEach
    void start() throws IOException {
        sandbox = Sandbox.builder()
                .seed(7)
                .sender("55512", 1000)
                .handsets(HandsetProfile.allDelivered())
                .delays(Delays.realistic().times(0.02))
                .start();
        threads = Executors.newFixedThreadPool(4);
        webhooks = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        webhooks.setExecutor(threads);
        URI publicUrl = URI.create("http://127.0.0.1:" + webhooks.getAddress().getPort());
        Credentials credentials = Credentials.authToken(sandbox.accountSid(), new Secret(sandbox.authToken()));
        tidings = Tidings.builder(Twilio.provider(CredentialSource.fixed(credentials))
                        .baseUrl(URI.create(sandbox.url()))
                        .build())
                .from("55512")
                .homeCountry("US")
                .rates(SenderRates.defaults().with(new Sender.ShortCode("55512"), Rate.perSecond(200)))
                .publicUrl(publicUrl, () -> List.of(new Secret(sandbox.authToken())))
                .start();
        webhooks.createContext("/", JdkHttpBinding.of(tidings.webhooks()));
        webhooks.start();
    }

    @AfterEach
    void stop() {
        tidings.close();
        webhooks.stop(0);
        threads.shutdownNow();
        sandbox.close();
    }

    @Test
    void a_text_reaches_delivered_through_signed_callbacks() throws Exception {
        Receipt receipt = tidings.sms("(202) 555-0143", "Your car is ready at bay 4.");

        MessageView end = tidings.await(receipt.id(), PATIENCE);

        assertThat(end.status()).isEqualTo(MessageStatus.DELIVERED);
        assertThat(sandbox.log().acceptedTo("+12025550143")).hasSize(1);
        assertThat(tidings.webhooks().counts().kept()).isPositive();
        assertThat(tidings.explain(receipt.id()).orElseThrow().text())
                .contains("gate destination", "attempt 1 committed", "DELIVERED")
                .doesNotContain("0143", "bay 4");
    }

    @Test
    void an_unreachable_handset_ends_with_its_code_in_plain_words() throws Exception {
        sandbox.handset("+12025550144", new HandsetOutcome.Undelivered(30005));

        Receipt receipt = tidings.sms("+12025550144", "Your car is ready.");

        MessageView end = tidings.await(receipt.id(), PATIENCE);
        assertThat(end.status()).isEqualTo(MessageStatus.UNDELIVERED);
        assertThat(end.failure().code()).isEqualTo(30005);
    }

    @Test
    void a_balance_that_runs_low_is_told_and_shown() throws Exception {
        sandbox.balance("4.20");
        CompletableFuture<Money> told = new CompletableFuture<>();
        Credentials credentials = Credentials.authToken(sandbox.accountSid(), new Secret(sandbox.authToken()));
        try (Tidings watched = Tidings.builder(Twilio.provider(CredentialSource.fixed(credentials))
                        .baseUrl(URI.create(sandbox.url()))
                        .build())
                .from("55512")
                .homeCountry("US")
                .lowBalance(Money.of("5", "USD"), told::complete)
                .start()) {

            assertThat(told.get(10, TimeUnit.SECONDS)).isEqualTo(Money.of("4.2", "USD"));
            assertThat(watched.health()).hasValueSatisfying(health -> {
                assertThat(health.balance()).isEqualTo(Money.of("4.2", "USD"));
                assertThat(health.lowBalance()).isTrue();
            });
        }
    }

    @Test
    void health_is_known_without_asking() {
        assertThat(tidings.validate().state()).isEqualTo(io.tidings.provider.AccountCheck.State.ACTIVE);
        assertThat(tidings.health()).isPresent();
    }
}
