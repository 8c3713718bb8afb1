package io.tidings.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tidings.Tidings;
import io.tidings.account.CredentialSource;
import io.tidings.account.Credentials;
import io.tidings.message.AccountId;
import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import io.tidings.message.NotConfiguredException;
import io.tidings.message.OutboundMessage;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Secret;
import io.tidings.message.Sender;
import io.tidings.message.TenantId;
import io.tidings.provider.Account;
import io.tidings.provider.Accounts;
import io.tidings.sandbox.HandsetProfile;
import io.tidings.sandbox.LogEntry;
import io.tidings.sandbox.Sandbox;
import io.tidings.sandbox.Subaccount;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** Tenants with accounts of their own, by properties and while the application runs. */
class TenantAccountsTest {
    private static final String HOUSE = "AC" + "0".repeat(32);
    private static final String ACME = "AC" + "1".repeat(32);
    private static final TenantId TENANT = new TenantId("acme");

    private final ApplicationContextRunner runner = Contexts.plain()
            .withPropertyValues(
                    "tidings.from=+12025550100",
                    "tidings.store=memory",
                    "tidings.secret=0123456789abcdef0123456789abcdef",
                    "tidings.twilio.account-sid=" + HOUSE,
                    "tidings.twilio.auth-token=of the house",
                    "TWILIO_ACCOUNT_SID=" + HOUSE,
                    "TWILIO_AUTH_TOKEN=of the environment");

    private static String token(Account account) {
        return account.webhookTokens().get().get(0).reveal();
    }

    private static Account acme(ApplicationContext context) {
        Account account = context.getBean(Accounts.class).of(TENANT);
        assertThat(account).isNotNull();
        return account;
    }

    @Test
    void a_tenant_has_an_account_by_properties() {
        runner.withPropertyValues(
                        "tidings.tenants.acme.from=+12025550111",
                        "tidings.tenants.acme.twilio.account-sid=" + ACME,
                        "tidings.tenants.acme.twilio.auth-token=of acme")
                .run(context -> {
                    Account account = acme(context);
                    assertThat(account.id()).isEqualTo(new AccountId(ACME));
                    assertThat(token(account)).isEqualTo("of acme");
                    assertThat(account.from()).isEqualTo(new Sender.Number(new PhoneNumber("+12025550111")));
                    assertThat(context.getBean(Accounts.class).of(new TenantId("small")))
                            .isNull();
                    Tidings tidings = context.getBean(Tidings.class);
                    assertThat(tidings.accounts()).hasSize(2);
                    assertThat(tidings.accounts().get(1).masked()).isEqualTo("AC…1111");
                });
    }

    @Test
    void without_one_the_house_carries_all_as_before() {
        runner.run(
                context -> assertThat(context.getBean(Tidings.class).accounts()).hasSize(1));
    }

    @Test
    void a_variable_of_the_house_fills_no_gap_of_a_tenant() {
        runner.withPropertyValues("tidings.tenants.acme.twilio.account-sid=" + ACME)
                .run(Contexts.fails(
                        SetupProblem.Kind.TENANT_ACCOUNT,
                        problem -> assertThat(problem.getMessage())
                                .contains(
                                        "tenant 'acme'",
                                        "TWILIO_AUTH_TOKEN is missing",
                                        "tidings.tenants.acme.twilio")));
        runner.withPropertyValues("tidings.tenants.acme.from=+12025550111")
                .run(Contexts.fails(
                        SetupProblem.Kind.TENANT_ACCOUNT,
                        problem -> assertThat(problem.getMessage()).contains("TWILIO_ACCOUNT_SID is missing")));
        runner.withPropertyValues("tidings.tenants.acme.twilio.source=environment")
                .run(Contexts.fails(
                        SetupProblem.Kind.TENANT_ACCOUNT,
                        problem -> assertThat(problem.getMessage()).contains("variables are the house's")));
    }

    @Test
    void a_key_without_a_token_cannot_check_webhooks() {
        ApplicationContextRunner withKey = runner.withPropertyValues(
                "tidings.tenants.acme.twilio.account-sid=" + ACME,
                "tidings.tenants.acme.twilio.api-key=SK" + "2".repeat(32),
                "tidings.tenants.acme.twilio.api-secret=sesame");

        withKey.run(context -> assertThat(context).hasNotFailed());
        withKey.withPropertyValues("tidings.public-url=https://shop.example.com/tidings")
                .run(Contexts.fails(
                        SetupProblem.Kind.TENANT_ACCOUNT,
                        problem -> assertThat(problem.getMessage())
                                .contains("tenant 'acme'", "no auth token")
                                .doesNotContain("sesame")));
    }

    @Test
    void two_sources_or_two_owners_or_a_wrong_sender_are_refused() {
        runner.withPropertyValues(
                        "tidings.tenants.acme.twilio.account-sid=" + ACME,
                        "tidings.tenants.acme.twilio.auth-token=sesame",
                        "tidings.tenants.acme.twilio.vault.path=twilio/acme")
                .run(Contexts.fails(
                        SetupProblem.Kind.TENANT_ACCOUNT,
                        problem -> assertThat(problem.getMessage())
                                .contains("tidings.tenants.acme.twilio.account-sid", "is set as well")
                                .doesNotContain("sesame")));
        runner.withPropertyValues(
                        "tidings.tenants.acme.twilio.account-sid=" + HOUSE,
                        "tidings.tenants.acme.twilio.auth-token=of acme")
                .run(Contexts.fails(
                        SetupProblem.Kind.TENANT_ACCOUNT,
                        problem -> assertThat(problem.getMessage()).contains("is the house's")));
        runner.withPropertyValues(
                        "tidings.tenants.acme.from=",
                        "tidings.tenants.acme.twilio.account-sid=" + ACME,
                        "tidings.tenants.acme.twilio.auth-token=of acme")
                .run(Contexts.fails(
                        SetupProblem.Kind.TENANT_ACCOUNT,
                        problem -> assertThat(problem.action()).contains("tidings.tenants.acme.from")));
    }

    @Test
    void a_file_of_a_tenant_is_read_again_when_it_changed(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("acme.properties");
        write(file, "of acme");
        runner.withPropertyValues("tidings.tenants.acme.twilio.credentials-file=" + file)
                .run(context -> {
                    assertThat(token(acme(context))).isEqualTo("of acme");
                    Path next = folder.resolve("next");
                    write(next, "a longer one of acme");
                    Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
                    assertThat(token(acme(context))).isEqualTo("a longer one of acme");
                });
    }

    private static void write(Path file, String token) throws IOException {
        Files.writeString(file, "TWILIO_ACCOUNT_SID=" + ACME + "\nTWILIO_AUTH_TOKEN=" + token + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void tenants_share_a_login_to_the_houses_vault() throws Exception {
        AtomicInteger logins = new AtomicInteger();
        HttpServer vault = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        secret(vault, "house", HOUSE);
        secret(vault, "acme", ACME);
        secret(vault, "zenith", "AC" + "2".repeat(32));
        vault.createContext("/v1/auth/approle/login", exchange -> {
            logins.incrementAndGet();
            answer(exchange, "{\"auth\":{\"client_token\":\"hvs.x\",\"lease_duration\":3600,\"renewable\":true}}");
        });
        vault.start();
        try {
            Contexts.plain()
                    .withPropertyValues(
                            "tidings.from=+12025550100",
                            "tidings.store=memory",
                            "tidings.secret=0123456789abcdef0123456789abcdef",
                            "tidings.twilio.source=vault",
                            "tidings.twilio.vault.address=http://127.0.0.1:"
                                    + vault.getAddress().getPort(),
                            "tidings.twilio.vault.role-id=role",
                            "tidings.twilio.vault.secret-id=secret",
                            "tidings.twilio.vault.mount=kv",
                            "tidings.twilio.vault.path=twilio/house",
                            "tidings.tenants.acme.twilio.vault.path=twilio/acme",
                            "tidings.tenants.zenith.twilio.vault.path=twilio/zenith")
                    .run(context -> {
                        assertThat(token(acme(context))).isEqualTo("of acme");
                        assertThat(acme(context).id()).isEqualTo(new AccountId(ACME));
                        assertThat(context.getBean(Accounts.class).all()).hasSize(2);
                        assertThat(logins).as("the house's and the tenants'").hasValue(2);
                    });
        } finally {
            vault.stop(0);
        }
    }

    private static void secret(HttpServer vault, String name, String sid) {
        vault.createContext(
                "/v1/kv/data/twilio/" + name,
                exchange -> answer(
                        exchange,
                        "{\"data\":{\"data\":{\"TWILIO_ACCOUNT_SID\":\"" + sid + "\",\"TWILIO_AUTH_TOKEN\":\"of " + name
                                + "\"}}}"));
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Test
    void over_the_sandbox_each_tenant_of_the_same_settings_has_a_subaccount() {
        Contexts.plain()
                .withPropertyValues(
                        "tidings.provider=sandbox",
                        "tidings.own-accounts-only=true",
                        "tidings.tenants.acme.from=+12025550111",
                        "tidings.tenants.acme.twilio.account-sid=" + ACME)
                .run(context -> {
                    Tidings tidings = context.getBean(Tidings.class);
                    tidings.start();
                    MessageId id = send(tidings, TENANT, "Your car is ready.");
                    assertThat(tidings.await(id, Duration.ofSeconds(20)).status())
                            .isIn(MessageStatus.SENT, MessageStatus.DELIVERED, MessageStatus.UNDELIVERED);
                    Account account = acme(context);
                    assertThat(accounts(context.getBean(Sandbox.class)))
                            .containsExactly(account.id().value());
                    assertThatThrownBy(() -> send(tidings, new TenantId("stranger"), "hello"))
                            .isInstanceOf(NotConfiguredException.class);
                });
    }

    @Test
    void a_new_tenant_needs_no_restart() {
        try (Sandbox sandbox = Sandbox.builder()
                .sender("55500")
                .handsets(HandsetProfile.allDelivered())
                .start()) {
            Subaccount below = sandbox.subaccount("Newcomer", "55511");
            runner.withPropertyValues(
                            "tidings.from=55500",
                            "tidings.home-country=US",
                            "tidings.twilio.base-url=" + sandbox.url(),
                            "tidings.twilio.account-sid=" + sandbox.accountSid(),
                            "tidings.twilio.auth-token=" + sandbox.authToken())
                    .run(context -> {
                        Tidings tidings = context.getBean(Tidings.class);
                        CredentialSource source = CredentialSource.fixed(
                                Credentials.authToken(below.sid(), new Secret(below.authToken())));
                        context.getBean(Accounts.class)
                                .assign(
                                        TENANT,
                                        context.getBean(TwilioAccounts.class)
                                                .of(source)
                                                .withFrom(new Sender.ShortCode("55511")));

                        tidings.start();
                        MessageId id = send(tidings, TENANT, "Your car is ready.");

                        assertThat(tidings.await(id, Duration.ofSeconds(20)).status())
                                .isEqualTo(MessageStatus.DELIVERED);
                        assertThat(accounts(sandbox)).containsExactly(below.sid());
                    });
        }
    }

    private static MessageId send(Tidings tidings, TenantId tenant, String text) {
        return tidings.send(OutboundMessage.to(new PhoneNumber("+12025550143"))
                        .tenant(tenant)
                        .text(text)
                        .build())
                .id();
    }

    private static List<String> accounts(Sandbox sandbox) {
        return sandbox.log().accepted().stream()
                .map(LogEntry.Request::path)
                .map(path -> path.substring("/2010-04-01/Accounts/".length(), path.indexOf("/Messages")))
                .toList();
    }
}
