package io.tidings.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidings.account.CredentialSource;
import io.tidings.message.NotConfiguredException;
import io.tidings.message.Secret;
import io.tidings.test.SteppableTime;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VaultTest {
    private static final String SID = "AC" + "0".repeat(32);
    private static final String OTHER = "AC" + "1".repeat(32);
    private static final Duration REFRESH = Duration.ofSeconds(30);
    private static final Duration KEEP = Duration.ofHours(1);

    private final SteppableTime time = new SteppableTime();
    private VaultStub stub;
    private Vault vault;

    @BeforeEach
    void start() throws IOException {
        stub = new VaultStub(time);
        stub.put("twilio/production", SID, "first token");
        vault = open(VaultLogin.appRole(VaultStub.ROLE, new Secret(VaultStub.SECRET_ID)));
    }

    private Vault open(VaultLogin login) {
        return Vault.at(stub.url()).login(login).time(time).open();
    }

    @AfterEach
    void stop() {
        vault.close();
        stub.close();
    }

    private CredentialSource production() {
        return vault.credentials("secret", "twilio/production");
    }

    private static String token(CredentialSource source) {
        return source.current().authTokens().get(0).reveal();
    }

    /** Puts another token there and waits until it is used. */
    private void refreshed(CredentialSource source, String token) {
        stub.put("twilio/production", SID, token);
        await(() -> token(source).equals(token));
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + 20_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - end).as("waited in vain").isNegative();
            LockSupport.parkNanos(2_000_000);
        }
    }

    @Test
    void a_role_reads_the_credentials_once_and_remembers_them() {
        CredentialSource source = production();
        for (int i = 0; i < 100; i++) {
            assertThat(source.current().accountSid()).isEqualTo(SID);
        }

        assertThat(stub.requests).containsExactly("POST auth/approle/login", "GET secret/data/twilio/production");
    }

    @Test
    void what_was_rotated_is_used_after_a_refresh_and_nobody_waits_for_it() {
        CredentialSource source = production();
        assertThat(token(source)).isEqualTo("first token");
        stub.put("twilio/production", SID, "second token", "first token");
        assertThat(token(source)).isEqualTo("first token");

        time.forward(REFRESH);

        assertThat(token(source)).as("asking goes on with the old one").isEqualTo("first token");
        await(() -> token(source).equals("second token"));
        assertThat(source.current().authTokens()).hasSize(2);
        assertThat(stub.count("twilio/production")).isEqualTo(2);
    }

    @Test
    void one_login_serves_the_secrets_of_many_tenants() {
        stub.put("twilio/acme", OTHER, "token of acme");

        assertThat(production().current().accountSid()).isEqualTo(SID);
        assertThat(vault.credentials("secret", "twilio/acme").current().accountSid())
                .isEqualTo(OTHER);

        assertThat(stub.count("approle/login")).isOne();
    }

    @Test
    void a_token_is_renewed_after_two_thirds_of_its_life() {
        CredentialSource source = production();
        source.current();
        time.forward(Duration.ofMinutes(39));
        refreshed(source, "second token");
        assertThat(stub.count("renew-self")).isZero();

        time.forward(Duration.ofMinutes(2));
        refreshed(source, "third token");

        assertThat(stub.count("renew-self")).isOne();
        assertThat(stub.count("approle/login")).isOne();
    }

    @Test
    void a_role_whose_token_ended_was_revoked_or_is_not_renewable_signs_in_again() {
        CredentialSource source = production();
        source.current();
        stub.revokeAll();
        time.forward(REFRESH);
        refreshed(source, "second token");
        assertThat(stub.count("approle/login")).isEqualTo(2);

        time.forward(Duration.ofMinutes(61));
        assertThat(token(source)).isEqualTo("second token");

        assertThat(stub.count("approle/login")).isEqualTo(3);
    }

    @Test
    void a_plain_token_works_and_one_without_an_end_is_never_renewed() {
        vault.close();
        vault = open(VaultLogin.token(new Secret(VaultStub.ROOT)));
        CredentialSource source = production();
        assertThat(token(source)).isEqualTo("first token");
        time.forward(Duration.ofDays(400));
        assertThat(token(source)).isEqualTo("first token");

        assertThat(stub.requests)
                .containsExactly(
                        "GET auth/token/lookup-self",
                        "GET secret/data/twilio/production",
                        "GET secret/data/twilio/production");
    }

    @Test
    void a_sealed_vault_costs_nothing_until_what_was_read_is_too_old() {
        CredentialSource source = production();
        source.current();
        stub.sealed = true;

        time.forward(KEEP.minusSeconds(1));
        assertThat(token(source)).isEqualTo("first token");
        await(() -> stub.count("renew-self") == 1);
        time.forward(Duration.ofSeconds(4));
        assertThatThrownBy(source::current)
                .isInstanceOf(NotConfiguredException.class)
                .hasMessageContaining("twilio/production")
                .hasMessageContaining("503");

        stub.sealed = false;
        time.forward(Duration.ofSeconds(3));
        assertThat(token(source)).isEqualTo("first token");
    }

    @Test
    void a_vault_that_fails_is_not_asked_by_every_message() {
        stub.sealed = true;
        CredentialSource source = production();
        for (int i = 0; i < 50; i++) {
            assertThatThrownBy(source::current).isInstanceOf(NotConfiguredException.class);
        }

        assertThat(stub.requests).hasSize(1);
    }

    @Test
    void a_namespace_is_named_in_every_request() {
        stub.namespace = "team-a";
        assertThatThrownBy(() -> production().current()).hasMessageContaining("HTTP 403");

        try (Vault named = Vault.at(stub.url())
                .namespace("team-a")
                .login(VaultLogin.appRole(VaultStub.ROLE, new Secret(VaultStub.SECRET_ID)))
                .time(time)
                .open()) {
            assertThat(named.credentials("secret", "twilio/production")
                            .current()
                            .accountSid())
                    .isEqualTo(SID);
        }
    }

    @Test
    void refusals_say_what_to_do_and_quote_no_secret() {
        try (Vault wrong = open(VaultLogin.appRole(VaultStub.ROLE, new Secret("sesame")));
                Vault ended = open(VaultLogin.token(new Secret("hvs.sesame")))) {
            assertThatThrownBy(() ->
                            wrong.credentials("secret", "twilio/production").current())
                    .isInstanceOf(NotConfiguredException.class)
                    .hasMessageContaining("role")
                    .hasMessageNotContaining("sesame");
            assertThatThrownBy(() ->
                            ended.credentials("secret", "twilio/production").current())
                    .hasMessageContaining("token")
                    .hasMessageNotContaining("sesame");
        }
        assertThatThrownBy(() -> vault.credentials("secret", "nowhere").current())
                .hasMessageContaining("there is no secret");
        stub.secrets.get("twilio/production").remove("TWILIO_AUTH_TOKEN");
        assertThatThrownBy(() -> production().current())
                .hasMessageContaining("TWILIO_AUTH_TOKEN is missing in Vault at secret/twilio/production");
        assertThat(VaultLogin.appRole("role", new Secret("sesame")).toString()).doesNotContain("sesame");
        assertThat(production().toString()).doesNotContain("first token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../sys/seal", "twilio//x", "/twilio", "twilio?x=1", "twilio#x", "tw ilio", ""})
    void paths_lead_nowhere_else(String path) {
        assertThatThrownBy(() -> vault.credentials("secret", path)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void only_this_machine_is_asked_without_tls() {
        assertThatThrownBy(() -> Vault.at(URI.create("http://vault.example.com:8200")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(Vault.at(URI.create("https://vault.example.com:8200"))).isNotNull();
    }
}
