package io.tidings.twilio;

import static io.tidings.twilio.RawServer.response;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.account.CredentialSource;
import io.tidings.account.Credentials;
import io.tidings.message.NotConfiguredException;
import io.tidings.message.Secret;
import io.tidings.provider.AccountCheck;
import io.tidings.provider.AccountCheck.State;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccountProbeTest {
    private RawServer server;

    @BeforeEach
    void start() throws IOException {
        server = new RawServer();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | {'status':'active','type':'Full'} | ACTIVE | the account is active",
                "200 | {'status':'active','type':'Trial'} | ACTIVE | trial",
                "200 | {'status':'suspended'} | SUSPENDED | suspended",
                "200 | {'status':'closed'} | SUSPENDED | closed",
                "200 | <html>log in</html> | UNREACHABLE | does not look like",
                "200 | {} | UNREACHABLE | does not look like",
                "401 | {'code':20003} | REJECTED | 20003",
                "401 | <html> | REJECTED | revoked",
                "403 | {'code':20008} | TEST_CREDENTIALS | nothing is delivered",
                "403 | {'code':20005} | SUSPENDED | not active",
                "403 | {'code':10001} | SUSPENDED | not active",
                "403 | {'code':20006} | REJECTED | 20006",
                "404 | {'code':20404} | REJECTED | account SID",
                "429 | {'code':20429} | UNREACHABLE | 429",
                "500 | oops | UNREACHABLE | 500",
                "302 | x | UNREACHABLE | 302",
            })
    void tells_the_state_of_the_account(int status, String body, State state, String detail) {
        server.answeringReads(exchange -> exchange.write(response(status, body.replace('\'', '"'))));
        try (TwilioProvider provider = Samples.provider(server)) {
            AccountCheck check = provider.check();

            assertThat(check.state()).isEqualTo(state);
            assertThat(check.detail()).contains(detail);
            assertThat(server.seen()).hasSize(1);
            assertThat(server.seen().get(0).path()).isEqualTo("/2010-04-01/Accounts/" + Samples.ACCOUNT + ".json");
        }
    }

    @ParameterizedTest
    @CsvSource({"200, ACTIVE", "401, REJECTED", "403, REJECTED", "503, UNREACHABLE"})
    void an_api_key_that_may_not_read_the_account_is_tried_on_the_messages(int status, State state) {
        server.answeringReads(exchange -> exchange.write(
                server.seen().size() == 1
                        ? response(401, Samples.error(20003))
                        : response(status, "{\"messages\":[]}")));
        try (TwilioProvider provider = withKey()) {
            assertThat(provider.check().state()).isEqualTo(state);
            assertThat(server.seen())
                    .extracting(RawServer.Seen::path)
                    .last()
                    .asString()
                    .endsWith("?PageSize=1");
        }
    }

    @Test
    void a_silent_provider_is_unreachable_within_five_seconds_even_with_two_questions() {
        server.answeringReads(exchange -> {
            if (server.seen().size() == 1) {
                exchange.dribble("H", 1500);
                exchange.write(response(401, Samples.error(20003)).substring(1));
                return;
            }
            exchange.hang();
        });
        try (TwilioProvider provider = withKey()) {
            long start = System.nanoTime();
            AccountCheck check = provider.check();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
            assertThat(check.state()).isEqualTo(State.UNREACHABLE);
            assertThat(server.seen()).hasSize(2);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | {'account_sid':'AC','balance':'0.05','currency':'USD'} | Found[value=0.05 USD]",
                "200 | {'balance':'-12.5','currency':'EUR'} | Found[value=-12.5 EUR]",
                "200 | {'balance':'much','currency':'USD'} | Failed[code=0, cause=answer not understood]",
                "200 | {'balance':'111111111111111111111','currency':'USD'} | Failed[code=0, cause=answer not understood]",
                "200 | {'balance':'1','currency':''} | Failed[code=0, cause=answer not understood]",
                "200 | <html> | Failed[code=0, cause=answer not understood]",
                "401 | {'code':20003} | Failed[code=20003, cause=HTTP 401]",
                "500 | oops | Failed[code=0, cause=HTTP 500]",
                "404 | {'code':20404} | Missing[]",
            })
    void tells_the_money_that_is_left(int status, String body, String answer) {
        server.answeringReads(exchange -> exchange.write(response(status, body.replace('\'', '"'))));
        try (TwilioProvider provider = Samples.provider(server)) {
            assertThat(provider.balance()).hasToString(answer);
            assertThat(server.seen())
                    .extracting(RawServer.Seen::path)
                    .containsExactly("/2010-04-01/Accounts/" + Samples.ACCOUNT + "/Balance.json");
        }
    }

    @Test
    void nobody_there_is_unreachable() throws IOException {
        server.close();
        try (TwilioProvider provider = Samples.provider(server)) {
            assertThat(provider.check())
                    .isEqualTo(new AccountCheck(State.UNREACHABLE, "Twilio gave no answer: connection refused"));
            assertThat(provider.balance()).hasToString("Failed[code=0, cause=connection refused]");
        }
    }

    @Test
    void a_missing_credential_is_named() {
        AtomicBoolean gone = new AtomicBoolean();
        TwilioProvider provider = Twilio.provider(() -> {
                    if (gone.get()) {
                        throw new NotConfiguredException("TWILIO_AUTH_TOKEN is missing");
                    }
                    return Samples.credentials();
                })
                .baseUrl(server.uri())
                .build();
        try (provider) {
            gone.set(true);
            assertThat(provider.check()).isEqualTo(new AccountCheck(State.REJECTED, "TWILIO_AUTH_TOKEN is missing"));
        }
    }

    private TwilioProvider withKey() {
        return Twilio.provider(CredentialSource.fixed(Credentials.apiKey(
                        Samples.ACCOUNT, "SK0123456789abcdef0123456789abcdef", new Secret("key-secret"))))
                .baseUrl(server.uri())
                .build();
    }
}
