package io.tidings.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tidings.account.CredentialSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** One source decides, and nothing falls back to another. */
class CredentialSourcesTest {
    private static final String SID = "AC" + "0".repeat(32);
    private static final String OTHER = "AC" + "1".repeat(32);

    private final ApplicationContextRunner runner = Contexts.plain()
            .withPropertyValues(
                    "tidings.from=+12025550100",
                    "tidings.store=memory",
                    "tidings.secret=0123456789abcdef0123456789abcdef",
                    "TWILIO_ACCOUNT_SID=" + OTHER,
                    "TWILIO_AUTH_TOKEN=of the environment");

    private static String token(CredentialSource source) {
        return source.current().authTokens().get(0).reveal();
    }

    @Test
    void with_properties_alone_a_variable_fills_no_gap() {
        runner.withPropertyValues("tidings.twilio.source=properties", "tidings.twilio.account-sid=" + SID)
                .run(Contexts.fails(
                        SetupProblem.Kind.CREDENTIALS,
                        problem -> assertThat(problem.getMessage())
                                .contains("TWILIO_AUTH_TOKEN is missing in the properties")));
        runner.withPropertyValues(
                        "tidings.twilio.source=properties",
                        "tidings.twilio.account-sid=" + SID,
                        "tidings.twilio.auth-token=of the properties")
                .run(context -> {
                    CredentialSource source = context.getBean(CredentialSource.class);
                    assertThat(source.current().accountSid()).isEqualTo(SID);
                    assertThat(token(source)).isEqualTo("of the properties");
                });
    }

    @Test
    void a_second_source_beside_the_named_one_is_refused() {
        runner.withPropertyValues(
                        "tidings.twilio.source=file",
                        "tidings.twilio.credentials-file=/nowhere/twilio.properties",
                        "tidings.twilio.auth-token=sesame")
                .run(Contexts.fails(
                        SetupProblem.Kind.CREDENTIALS,
                        problem -> assertThat(problem.getMessage())
                                .contains("tidings.twilio.source is file", "auth-token is set as well")
                                .doesNotContain("sesame")));
    }

    @Test
    void with_a_file_alone_the_file_must_be_there() {
        runner.withPropertyValues(
                        "tidings.twilio.source=file", "tidings.twilio.credentials-file=/nowhere/twilio.properties")
                .run(Contexts.fails(
                        SetupProblem.Kind.CREDENTIALS,
                        problem -> assertThat(problem.getMessage()).contains("does not exist")));
    }

    @Test
    void vault_is_asked_if_the_source_says_so() throws IOException {
        HttpServer vault = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        vault.createContext(
                "/v1/auth/approle/login",
                exchange -> answer(
                        exchange,
                        "{\"auth\":{\"client_token\":\"hvs.x\",\"lease_duration\":3600,\"renewable\":true}}"));
        vault.createContext(
                "/v1/kv/data/twilio/shop",
                exchange -> answer(
                        exchange,
                        "{\"data\":{\"data\":{\"TWILIO_ACCOUNT_SID\":\"" + SID
                                + "\",\"TWILIO_AUTH_TOKEN\":\"of vault\"}}}"));
        vault.start();
        try {
            runner.withPropertyValues(
                            "tidings.twilio.source=vault",
                            "tidings.twilio.vault.address=http://127.0.0.1:"
                                    + vault.getAddress().getPort(),
                            "tidings.twilio.vault.role-id=role",
                            "tidings.twilio.vault.secret-id=secret",
                            "tidings.twilio.vault.mount=kv",
                            "tidings.twilio.vault.path=twilio/shop")
                    .run(context -> assertThat(token(context.getBean(CredentialSource.class)))
                            .isEqualTo("of vault"));
        } finally {
            vault.stop(0);
        }
        runner.withPropertyValues(
                        "tidings.twilio.source=vault", "tidings.twilio.vault.address=https://vault.example.com:8200")
                .run(Contexts.fails(
                        SetupProblem.Kind.CREDENTIALS,
                        problem -> assertThat(problem.getMessage()).contains("vault.token", "role-id")));
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
