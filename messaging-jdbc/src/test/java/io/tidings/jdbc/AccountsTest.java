package io.tidings.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.tidings.Tidings;
import io.tidings.account.CredentialSource;
import io.tidings.account.Credentials;
import io.tidings.account.TidingsSecret;
import io.tidings.message.AccountId;
import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import io.tidings.message.OutboundMessage;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Secret;
import io.tidings.message.Sender;
import io.tidings.message.TenantId;
import io.tidings.provider.Account;
import io.tidings.provider.Accounts;
import io.tidings.sandbox.Delays;
import io.tidings.sandbox.HandsetProfile;
import io.tidings.sandbox.LogEntry;
import io.tidings.sandbox.Sandbox;
import io.tidings.sandbox.Subaccount;
import io.tidings.twilio.Twilio;
import io.tidings.webhook.LocalWebhooks;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tenants with accounts of their own over PostgreSQL: a restart, and a tenant that got another account meanwhile. */
class AccountsTest {
    private static final TenantId ACME = new TenantId("acme");
    private static final TenantId FORMER = new TenantId("acme-before");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Sandbox sandbox = Sandbox.builder()
            .sender("55500")
            .handsets(HandsetProfile.allDelivered())
            .delays(Delays.realistic().times(0.02))
            .start();
    private final Subaccount old = sandbox.subaccount("Acme", "55511");
    private final Subaccount young = sandbox.subaccount("Acme again", "55522");

    @Test
    void a_message_leaves_after_a_restart_through_the_account_it_was_taken_in_with() throws Exception {
        List<MessageId> waiting = new ArrayList<>();
        try (HikariDataSource pool = (HikariDataSource) Databases.postgresIn(Databases.postgresSchema());
                LocalWebhooks web = LocalWebhooks.on(0)) {
            Accounts before = Accounts.strict();
            before.assign(ACME, account(old, "55511"));
            try (Tidings first = node(pool, before, web)) {
                waiting.add(send(first, ACME, "before"));
                waiting.add(send(first, TenantId.DEFAULT, "of the house"));
            }

            Accounts after = Accounts.strict();
            after.assign(ACME, account(young, "55522"));
            after.assign(FORMER, account(old, "55511"));
            try (Tidings second = node(pool, after, web)) {
                web.answer(second.webhooks());
                waiting.add(send(second, ACME, "after"));
                second.start();
                for (MessageId id : waiting) {
                    assertThat(second.await(id, PATIENCE).status()).isEqualTo(MessageStatus.DELIVERED);
                }

                assertThat(accountsOf("before")).containsExactly(old.sid());
                assertThat(accountsOf("after")).containsExactly(young.sid());
                assertThat(accountsOf("of the house")).containsExactly(sandbox.accountSid());
                assertThat(second.find(waiting.get(0)).orElseThrow().stored().account())
                        .isEqualTo(new AccountId(old.sid()));
                assertThat(second.refresh(waiting.get(0)).status()).isEqualTo(MessageStatus.DELIVERED);
                assertThat(second.webhooks().counts().kept()).isPositive();
                assertThat(second.webhooks().counts().forbidden()).isZero();
            }
        }
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    private Account account(Subaccount below, String from) {
        return Twilio.provider(
                        CredentialSource.fixed(Credentials.authToken(below.sid(), new Secret(below.authToken()))))
                .baseUrl(URI.create(sandbox.url()))
                .account()
                .withFrom(new Sender.ShortCode(from));
    }

    private Tidings node(HikariDataSource pool, Accounts accounts, LocalWebhooks web) {
        CredentialSource house =
                CredentialSource.fixed(Credentials.authToken(sandbox.accountSid(), new Secret(sandbox.authToken())));
        return Tidings.builder(Twilio.provider(house)
                        .baseUrl(URI.create(sandbox.url()))
                        .build())
                .from("55500")
                .homeCountry("US")
                .allowInvalidNumbers()
                .secret(TidingsSecret.of(new Secret("0123456789abcdef0123456789abcdef")))
                .stores(JdbcStores.on(pool).open())
                .accounts(accounts)
                .publicUrl(web.url(), () -> List.of(new Secret(sandbox.authToken())))
                .build();
    }

    private static MessageId send(Tidings tidings, TenantId tenant, String text) {
        return tidings.send(OutboundMessage.to(new PhoneNumber("+12025550143"))
                        .tenant(tenant)
                        .text(text)
                        .build())
                .id();
    }

    private List<String> accountsOf(String text) {
        return sandbox.log().acceptedContaining(text).stream()
                .map(LogEntry.Request::path)
                .map(path -> path.substring("/2010-04-01/Accounts/".length(), path.indexOf("/Messages")))
                .toList();
    }
}
