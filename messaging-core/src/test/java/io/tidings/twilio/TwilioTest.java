package io.tidings.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.twilio.http.HttpMethod;
import com.twilio.http.Request;
import io.tidings.account.CredentialSource;
import io.tidings.account.Credentials;
import io.tidings.message.NotConfiguredException;
import io.tidings.message.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TwilioTest {
    private static final OneShotClient.Limits LIMITS = new OneShotClient.Limits(
            1, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1), OneShotClient.Way.STRAIGHT);

    private static Twilio.Builder builder() {
        return Twilio.provider(CredentialSource.fixed(Samples.credentials()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://twilio.example.com",
                "https://10.0.0.7:8443/",
                "http://localhost:8080",
                "http://127.1.2.3:1",
                "http://[::1]:99"
            })
    void takes_https_and_the_loopback(String url) {
        builder().baseUrl(URI.create(url)).build().close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://twilio.example.com",
                "http://127.evil.example",
                "http://10.0.0.7",
                "http://localhost.evil.example"
            })
    void refuses_to_send_credentials_over_plain_http(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().baseUrl(URI.create(url)))
                .withMessageContaining("https");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://h/path", "https://h/?q", "https://h/#f", "https://user:pw@h", "ftp://h", "relative"})
    void refuses_a_base_url_that_is_more_or_less_than_an_origin(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().baseUrl(URI.create(url)))
                .withMessageContaining("a scheme, a host and a port")
                .withMessageNotContaining("pw");
    }

    @Test
    void refuses_settings_that_make_no_sense() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().maxInFlight(0))
                .withMessageContaining("got 0");
        assertThatIllegalArgumentException().isThrownBy(() -> builder().deadline(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> builder().keepAlive(Duration.ofSeconds(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> builder().region("ie1.evil.com"));
        assertThatIllegalArgumentException().isThrownBy(() -> builder().edge(""));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().deadline(Duration.ofSeconds(1)).build())
                .withMessageContaining("PT10S")
                .withMessageContaining("PT1S");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        builder().baseUrl(URI.create("https://h")).region("ie1").build())
                .withMessageContaining("https://h/")
                .withMessageContaining("ie1");
    }

    @Test
    void a_missing_credential_shows_when_the_provider_is_built() {
        assertThatThrownBy(() ->
                        Twilio.provider(CredentialSource.environment(Map.of())).build())
                .isInstanceOf(NotConfiguredException.class)
                .hasMessageContaining("TWILIO_ACCOUNT_SID");
    }

    @Test
    void region_and_edge_choose_the_host() {
        try (OneShotClient unreachable = new OneShotClient(LIMITS, HttpUrl.get("http://127.0.0.1:1"));
                OneShotClient twilio = new OneShotClient(LIMITS, null)) {
            Request request = new Request(HttpMethod.GET, "api", "/2010-04-01/Accounts.json");
            QuietRestClient client =
                    new QuietRestClient(CredentialSource.fixed(Samples.credentials()), unreachable, "ie1", "dublin");
            assertThatThrownBy(() -> client.request(request)).isInstanceOf(NoAnswerException.class);

            assertThat(twilio.url(request)).hasToString("https://api.dublin.ie1.twilio.com/2010-04-01/Accounts.json");
            assertThat(unreachable.url(request)).hasToString("http://127.0.0.1:1/2010-04-01/Accounts.json");
            assertThat(request.getUsername()).isEqualTo(Samples.ACCOUNT);
            assertThat(client.getAccountSid()).isEqualTo(Samples.ACCOUNT);
        }
    }

    @Test
    void a_name_server_that_hangs_does_not_hold_the_caller() {
        CountDownLatch never = new CountDownLatch(1);
        BoundedDns dns = new BoundedDns(
                host -> {
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return List.of();
                },
                Duration.ofMillis(50));
        try {
            assertThatThrownBy(() -> dns.lookup("slow.example"))
                    .isInstanceOf(UnknownHostException.class)
                    .hasMessageContaining("no answer");
        } finally {
            never.countDown();
        }
    }

    @Test
    void a_name_server_that_answers_is_believed() throws IOException {
        List<InetAddress> addresses = List.of(InetAddress.getLoopbackAddress());

        assertThat(new BoundedDns(host -> addresses, Duration.ofSeconds(10)).lookup("a.example"))
                .isEqualTo(addresses);
    }

    @Test
    void only_an_address_off_this_machine_is_live() {
        CredentialSource credentials = CredentialSource.fixed(
                Credentials.authToken("AC" + "0".repeat(32), new Secret("0123456789abcdef0123456789abcdef")));
        try (TwilioProvider twilio = Twilio.provider(credentials).build();
                TwilioProvider stub = Twilio.provider(credentials)
                        .baseUrl(URI.create("http://127.0.0.1:8080"))
                        .build()) {
            assertThat(twilio.isLive()).isTrue();
            assertThat(stub.isLive()).isFalse();
        }
    }
}
