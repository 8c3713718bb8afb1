package io.tidings.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidings.Tidings;
import io.tidings.account.CredentialSource;
import io.tidings.account.Credentials;
import io.tidings.message.NotConfiguredException;
import io.tidings.message.Secret;
import io.tidings.message.Sender;
import io.tidings.message.TenantId;
import io.tidings.provider.Account;
import io.tidings.provider.Accounts;
import io.tidings.twilio.Twilio;
import io.tidings.vault.Vault;
import io.tidings.vault.VaultLogin;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of docs/credentials.md. */
class CredentialSnippetsTest {
    private static final String SID = "AC" + "0".repeat(32);

    @Test
    void credentials_come_from_three_places(@TempDir Path folder) {
        Path path = folder.resolve("twilio.properties");
        String token = "a token";
        // tag::sources
        CredentialSource environment = CredentialSource.environment();
        CredentialSource file = CredentialSource.file(path);
        CredentialSource fixed = CredentialSource.fixed(Credentials.authToken(SID, new Secret(token)));
        // end::sources

        assertThat(environment).isNotNull();
        assertThatThrownBy(file::current)
                .isInstanceOf(NotConfiguredException.class)
                .hasMessageContaining("does not exist");
        assertThat(fixed.current().toString()).doesNotContain(token);
    }

    @Test
    void one_login_to_vault_serves_many_secrets() {
        String roleId = "a role";
        String secretId = "its secret";
        // tag::vault
        Vault vault = Vault.at(URI.create("https://vault.example.com:8200"))
                .login(VaultLogin.appRole(roleId, new Secret(secretId)))
                .namespace("team-a")
                .open();
        CredentialSource production = vault.credentials("secret", "twilio/production");
        CredentialSource acme = vault.credentials("secret", "twilio/acme");
        // end::vault

        assertThat(production.toString()).contains("twilio/production").doesNotContain(secretId);
        assertThat(acme.toString()).contains("twilio/acme");
        vault.close();
    }

    @Test
    void a_tenant_has_an_account_of_its_own() {
        CredentialSource house = CredentialSource.fixed(Credentials.authToken(SID, new Secret("the house's")));
        CredentialSource acmes =
                CredentialSource.fixed(Credentials.authToken("AC" + "1".repeat(32), new Secret("its own")));
        // tag::tenants
        Accounts accounts = Accounts.strict(); // or orHouse(): tenants without an account send through the house's
        Tidings tidings = Tidings.builder(Twilio.provider(house).build())
                .from("+12025550100")
                .accounts(accounts)
                .build();

        // Now or at any time later, on each node:
        Account acme = Twilio.provider(acmes).account().withFrom(Sender.parse("+12025550111", "US"));
        accounts.assign(new TenantId("acme"), acme);
        // end::tenants

        try (tidings) {
            assertThat(accounts.of(new TenantId("acme"))).isEqualTo(acme);
            assertThat(tidings.accounts()).hasSize(2);
            assertThatThrownBy(() -> accounts.of(new TenantId("stranger"))).isInstanceOf(NotConfiguredException.class);
        }
    }

    @Test
    void the_environment_knows_the_names_of_the_page() {
        CredentialSource token = CredentialSource.environment(Map.of(
                "TWILIO_ACCOUNT_SID", SID, "TWILIO_AUTH_TOKEN", "first", "TWILIO_AUTH_TOKEN_SECONDARY", "second"));
        CredentialSource key = CredentialSource.environment(Map.of(
                "TWILIO_ACCOUNT_SID",
                SID,
                "TWILIO_API_KEY_SID",
                "SK" + "0".repeat(32),
                "TWILIO_API_SECRET",
                "the key's secret"));

        assertThat(token.current().authTokens()).hasSize(2);
        assertThat(key.current().isApiKey()).isTrue();
    }
}
