package io.tidings.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidings.message.NotConfiguredException;
import io.tidings.message.Secret;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CredentialsTest {
    private static final String ACCOUNT = "AC0123456789abcdef0123456789abcdef";
    private static final String KEY = "SK0123456789abcdef0123456789abcdef";

    private final Map<String, String> variables = new HashMap<>();
    private final CredentialSource environment = CredentialSource.environment(variables);

    @Test
    void an_auth_token_signs_in_and_checks_webhooks() {
        variables.putAll(Map.of("TWILIO_ACCOUNT_SID", ACCOUNT, "TWILIO_AUTH_TOKEN", " token "));

        assertThat(environment.current()).isEqualTo(Credentials.authToken(ACCOUNT, new Secret("token")));
    }

    @Test
    void an_api_key_signs_in_and_the_token_only_checks_webhooks() {
        variables.putAll(Map.of(
                "TWILIO_ACCOUNT_SID", ACCOUNT,
                "TWILIO_API_KEY_SID", KEY,
                "TWILIO_API_SECRET", "key-secret",
                "TWILIO_AUTH_TOKEN", "token",
                "TWILIO_AUTH_TOKEN_SECONDARY", "next"));

        Credentials credentials = environment.current();

        assertThat(credentials.isApiKey()).isTrue();
        assertThat(credentials.username()).isEqualTo(KEY);
        assertThat(credentials.secret()).isEqualTo(new Secret("key-secret"));
        assertThat(credentials.authTokens()).containsExactly(new Secret("token"), new Secret("next"));
    }

    @Test
    void a_rotated_variable_is_seen_by_the_next_request() {
        variables.putAll(Map.of("TWILIO_ACCOUNT_SID", ACCOUNT, "TWILIO_AUTH_TOKEN", "old"));
        assertThat(environment.current().secret()).isEqualTo(new Secret("old"));

        variables.put("TWILIO_AUTH_TOKEN", "new");

        assertThat(environment.current().secret()).isEqualTo(new Secret("new"));
    }

    @Test
    void names_what_is_missing() {
        assertMissing("TWILIO_ACCOUNT_SID");
        variables.put("TWILIO_ACCOUNT_SID", ACCOUNT);
        assertMissing("TWILIO_AUTH_TOKEN");
        variables.put("TWILIO_AUTH_TOKEN", "  ");
        assertMissing("TWILIO_AUTH_TOKEN");
        variables.put("TWILIO_API_KEY", KEY);
        assertMissing("TWILIO_API_KEY_SECRET");
        variables.remove("TWILIO_API_KEY");
        variables.put("TWILIO_API_KEY_SECRET", "key-secret");
        assertMissing("TWILIO_API_KEY");
    }

    private void assertMissing(String name) {
        assertThatThrownBy(environment::current)
                .isInstanceOf(NotConfiguredException.class)
                .hasMessageStartingWith(name + " is missing in the environment");
    }

    @Test
    void a_malformed_value_is_explained_without_being_printed() {
        variables.putAll(Map.of("TWILIO_ACCOUNT_SID", "canary", "TWILIO_AUTH_TOKEN", "token"));

        assertThatThrownBy(environment::current)
                .isInstanceOf(NotConfiguredException.class)
                .hasMessageContaining("AC and 32 hexadecimal digits")
                .hasMessageNotContaining("canary");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Credentials.apiKey(ACCOUNT, "key-secret", new Secret("key-secret")))
                .withMessageContaining("SK…")
                .withMessageNotContaining("key-secret");
    }

    @Test
    void a_parent_account_may_sign_in_for_its_subaccount() {
        String parent = ACCOUNT.replace('f', 'e');

        Credentials credentials = new Credentials(ACCOUNT, parent, new Secret("token"), List.of());

        assertThat(credentials.username()).isEqualTo(parent);
    }

    @Test
    void prints_neither_secret_nor_token() {
        Credentials credentials =
                Credentials.authToken(ACCOUNT, new Secret("canary")).withAuthTokens(List.of(new Secret("canary2")));

        assertThat(credentials.toString()).doesNotContain("canary").contains("AC…cdef");
    }
}
