package io.tidings;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.tidings.account.CredentialSource;
import io.tidings.account.Credentials;
import io.tidings.dispatch.SenderRates;
import io.tidings.inbound.GapReport;
import io.tidings.inbound.Keyword;
import io.tidings.inbound.Reply;
import io.tidings.inbound.Routes;
import io.tidings.message.MessageStatus;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Secret;
import io.tidings.message.Sender;
import io.tidings.sandbox.Delays;
import io.tidings.sandbox.HandsetProfile;
import io.tidings.sandbox.Sandbox;
import io.tidings.sandbox.SandboxMessage;
import io.tidings.throttle.Rate;
import io.tidings.twilio.Twilio;
import io.tidings.webhook.JdkHttpBinding;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole way back over real sockets: handset, signed webhook, handler, reply, handset. */
class TwoWayEndToEndTest {
    private static final String OURS = "+12025550100";
    private static final String CUSTOMER = "+12025550143";

    private Sandbox sandbox;
    private HttpServer webhooks;
    private ExecutorService threads;
    private Tidings tidings;

    @BeforeEach
    void start() throws IOException {
        sandbox = Sandbox.builder()
                .seed(7)
                .sender(OURS, 1000)
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
                .from(OURS)
                .rates(SenderRates.defaults().with(new Sender.Number(new PhoneNumber(OURS)), Rate.perSecond(200)))
                .publicUrl(publicUrl, () -> List.of(new Secret(sandbox.authToken())))
                .routes(Routes.none()
                        .onSms(Keyword.whole("status"), message -> Reply.text("Your car is ready."))
                        .answerNow(Keyword.whole("menu"), message -> Reply.text("1 < 2 & \"so on\"")))
                .start();
        webhooks.createContext("/", JdkHttpBinding.of(tidings.webhooks()));
        webhooks.start();
        sandbox.inboundWebhook(OURS, publicUrl + "/inbound");
    }

    @AfterEach
    void stop() {
        tidings.close();
        webhooks.stop(0);
        threads.shutdownNow();
        sandbox.close();
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + 20_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - end).as("waited in vain").isNegative();
            LockSupport.parkNanos(5_000_000);
        }
    }

    private List<String> got() {
        return sandbox.handset(CUSTOMER).inbox().stream()
                .map(SandboxMessage::body)
                .toList();
    }

    @Test
    void a_handset_gets_the_reply_of_a_handler() {
        sandbox.handset(CUSTOMER).text(OURS, "Status?");

        await(() -> got().contains("Your car is ready."));

        assertThat(tidings.webhooks().counts().received()).isEqualTo(1);
    }

    @Test
    void a_handset_gets_an_immediate_answer() {
        await(() -> tidings.inbound().missed().state() == GapReport.State.COMPLETE);
        sandbox.handset(CUSTOMER).text(OURS, "menu");

        await(() -> got().contains("1 < 2 & \"so on\""));
    }

    @Test
    void after_a_stop_nothing_is_sent() {
        sandbox.handset(CUSTOMER).text(OURS, "stop");

        await(() -> tidings.preview(io.tidings.message.OutboundMessage.to(new PhoneNumber(CUSTOMER))
                        .text("Our offer")
                        .build())
                .receipt()
                .isRefused());

        assertThat(tidings.sms(CUSTOMER, "Our offer").status()).isEqualTo(MessageStatus.REFUSED);
    }
}
