package io.tidings;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.account.CredentialSource;
import io.tidings.account.Credentials;
import io.tidings.dispatch.LookPlan;
import io.tidings.dispatch.SenderRates;
import io.tidings.inbound.Reply;
import io.tidings.message.InboundMessage;
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
import io.tidings.throttle.Rate;
import io.tidings.twilio.Twilio;
import io.tidings.webhook.LocalWebhooks;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A house with two tenants that have subaccounts of their own, over real sockets. */
final class AccountsScene implements AutoCloseable {
    static final String HOUSE_SENDER = "55500";
    static final String ACME_SENDER = "55511";
    static final String ZENITH_SENDER = "55522";
    static final TenantId ACME = new TenantId("acme");
    static final TenantId ZENITH = new TenantId("zenith");

    final Sandbox sandbox = Sandbox.builder()
            .seed(7)
            .sender(HOUSE_SENDER, 1000)
            .handsets(HandsetProfile.allDelivered())
            .delays(Delays.realistic().times(0.02))
            .start();
    final Subaccount acme = sandbox.subaccount("Acme", ACME_SENDER, "55533");
    final Subaccount zenith = sandbox.subaccount("Zenith", ZENITH_SENDER);
    final AtomicReference<String> acmeToken = new AtomicReference<>(acme.authToken());
    final Accounts accounts;
    final LocalWebhooks web = LocalWebhooks.on(0);
    final Queue<InboundMessage> heard = new ConcurrentLinkedQueue<>();
    final Tidings tidings;

    AccountsScene() {
        this(Accounts.orHouse());
    }

    AccountsScene(Accounts accounts) {
        this.accounts = accounts;
        accounts.assign(ACME, account(acme, ACME_SENDER));
        accounts.assign(ZENITH, account(zenith, ZENITH_SENDER));
        sandbox.inboundWebhook(HOUSE_SENDER, web.url() + "/inbound");
        sandbox.inboundWebhook(ACME_SENDER, web.url() + "/inbound");
        sandbox.inboundWebhook(ZENITH_SENDER, web.url() + "/inbound");
        CredentialSource house =
                CredentialSource.fixed(Credentials.authToken(sandbox.accountSid(), new Secret(sandbox.authToken())));
        tidings = Tidings.builder(Twilio.provider(house)
                        .baseUrl(URI.create(sandbox.url()))
                        .build())
                .from(HOUSE_SENDER)
                .homeCountry("US")
                .accounts(accounts)
                .looks(LookPlan.standard().scaledBy(0.01))
                .rates(SenderRates.defaults()
                        .with(new Sender.ShortCode(HOUSE_SENDER), Rate.perSecond(200))
                        .with(new Sender.ShortCode(ACME_SENDER), Rate.perSecond(200))
                        .with(new Sender.ShortCode(ZENITH_SENDER), Rate.perSecond(200)))
                .publicUrl(web.url(), () -> List.of(new Secret(sandbox.authToken())))
                .onMessage(message -> {
                    heard.add(message);
                    return Reply.text("Thank you");
                })
                .start();
        web.answer(tidings.webhooks());
    }

    /** An account whose token the scene can change, for Acme. */
    Account account(Subaccount below, String from) {
        CredentialSource source = () ->
                Credentials.authToken(below.sid(), new Secret(below == acme ? acmeToken.get() : below.authToken()));
        return Twilio.provider(source)
                .baseUrl(URI.create(sandbox.url()))
                .account()
                .withFrom(new Sender.ShortCode(from));
    }

    static OutboundMessage message(TenantId tenant, int customer, String text) {
        return OutboundMessage.to(new PhoneNumber("+120255501" + customer))
                .tenant(tenant)
                .text(text)
                .allowRepeat()
                .build();
    }

    /** Takes messages in and returns their ids. */
    List<MessageId> send(TenantId tenant, int count, String token) {
        List<MessageId> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(tidings.send(message(tenant, 10 + i % 90, token + "-" + i)).id());
        }
        return ids;
    }

    MessageStatus status(MessageId id) {
        return tidings.find(id).orElseThrow().status();
    }

    boolean all(List<MessageId> ids, MessageStatus status) {
        return ids.stream().allMatch(id -> status(id) == status);
    }

    /** The accounts that the accepted messages with this token were created through. */
    List<String> accountsOf(String token) {
        return sandbox.log().acceptedContaining(token).stream()
                .map(LogEntry.Request::path)
                .map(path -> path.substring("/2010-04-01/Accounts/".length(), path.indexOf("/Messages")))
                .distinct()
                .toList();
    }

    String standstill(TenantId tenant) {
        return tidings.accounts().stream()
                .filter(view -> view.tenants().contains(tenant))
                .map(view -> String.valueOf(view.standstill()))
                .findFirst()
                .orElseThrow();
    }

    static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - end).as("waited in vain").isNegative();
            LockSupport.parkNanos(5_000_000);
        }
    }

    @Override
    public void close() {
        tidings.close();
        web.close();
        sandbox.close();
    }
}
