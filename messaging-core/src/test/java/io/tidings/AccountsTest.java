package io.tidings;

import static io.tidings.AccountsScene.ACME;
import static io.tidings.AccountsScene.ACME_SENDER;
import static io.tidings.AccountsScene.ZENITH;
import static io.tidings.AccountsScene.ZENITH_SENDER;
import static io.tidings.AccountsScene.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidings.account.CredentialSource;
import io.tidings.account.Credentials;
import io.tidings.audit.Action;
import io.tidings.audit.AuditQuery;
import io.tidings.message.AccountId;
import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import io.tidings.message.NotConfiguredException;
import io.tidings.message.OutboundMessage;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Secret;
import io.tidings.message.TenantId;
import io.tidings.provider.Account;
import io.tidings.provider.AccountCheck;
import io.tidings.provider.Accounts;
import io.tidings.sandbox.Fault;
import io.tidings.sandbox.SandboxMessage;
import io.tidings.sandbox.Subaccount;
import io.tidings.twilio.Twilio;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** Tenants with accounts of their own beside the house's, over real sockets. */
class AccountsTest {

    @Test
    void each_tenant_sends_through_its_own_account_and_the_rest_through_the_houses() {
        try (AccountsScene scene = new AccountsScene()) {
            List<MessageId> all = new ArrayList<>(scene.send(ACME, 5, "for-acme"));
            all.addAll(scene.send(ZENITH, 5, "for-zenith"));
            all.addAll(scene.send(TenantId.DEFAULT, 5, "for-the-house"));
            all.addAll(scene.send(new TenantId("small"), 5, "for-small"));

            await(() -> scene.all(all, MessageStatus.DELIVERED));

            assertThat(scene.accountsOf("for-acme")).containsExactly(scene.acme.sid());
            assertThat(scene.accountsOf("for-zenith")).containsExactly(scene.zenith.sid());
            assertThat(scene.accountsOf("for-the-house")).containsExactly(scene.sandbox.accountSid());
            assertThat(scene.accountsOf("for-small")).containsExactly(scene.sandbox.accountSid());
            assertThat(scene.tidings.webhooks().counts().forbidden()).isZero();
            assertThat(scene.tidings.webhooks().counts().refused()).isZero();
        }
    }

    @Test
    void a_message_stays_with_its_account_when_its_tenant_gets_another_one() {
        try (AccountsScene scene = new AccountsScene()) {
            scene.tidings.pause("a test");
            List<MessageId> before = scene.send(ACME, 3, "before");
            Subaccount next = scene.sandbox.subaccount("Acme again", "55544");
            scene.accounts.assign(ACME, scene.account(next, "55544"));
            List<MessageId> after = scene.send(ACME, 3, "after");
            scene.tidings.resume("a test");

            await(() -> scene.all(before, MessageStatus.DELIVERED) && scene.all(after, MessageStatus.DELIVERED));

            assertThat(scene.accountsOf("before")).containsExactly(scene.acme.sid());
            assertThat(scene.accountsOf("after")).containsExactly(next.sid());
            assertThat(scene.tidings.refresh(before.get(0)).status()).isEqualTo(MessageStatus.DELIVERED);
            assertThat(scene.tidings.find(before.get(0)).orElseThrow().stored().account())
                    .isEqualTo(new AccountId(scene.acme.sid()));
        }
    }

    @Test
    void a_revoked_token_stops_its_own_account_alone_and_loses_nothing() {
        try (AccountsScene scene = new AccountsScene()) {
            List<MessageId> first = scene.send(ACME, 20, "first");
            await(() -> scene.all(first, MessageStatus.DELIVERED));
            scene.acme.rotateAuthToken("0123456789abcdef0123456789abcdef");

            List<MessageId> others = new ArrayList<>();
            List<MessageId> acmes = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                acmes.addAll(scene.send(ACME, 10, "acme-" + i));
                others.addAll(scene.send(ZENITH, 10, "zenith-" + i));
                others.addAll(scene.send(TenantId.DEFAULT, 10, "house-" + i));
            }

            await(() -> scene.all(others, MessageStatus.DELIVERED));
            assertThat(scene.standstill(ACME)).contains("20003");
            assertThat(scene.standstill(ZENITH)).isEqualTo("null");
            assertThat(scene.tidings.standstill()).isEmpty();
            assertThat(scene.all(acmes, MessageStatus.QUEUED)).isTrue();

            scene.acmeToken.set(scene.acme.authToken());
            await(() -> scene.all(acmes, MessageStatus.DELIVERED));

            assertThat(scene.standstill(ACME)).isEqualTo("null");
            assertThat(scene.sandbox.log().acceptedByBody())
                    .hasSize(320)
                    .allSatisfy((body, copies) -> assertThat(copies).isEqualTo(1));
        }
    }

    @Test
    void an_unknown_outcome_is_looked_for_in_the_list_of_its_account() {
        try (AccountsScene scene = new AccountsScene()) {
            scene.sandbox.faults().next(1, new Fault.AcceptThenAnswer(500, 20500));
            MessageId id = scene.tidings
                    .send(OutboundMessage.to(new PhoneNumber("+12025550143"))
                            .tenant(ACME)
                            .text("lost answer")
                            .build())
                    .id();

            await(() -> scene.status(id) == MessageStatus.DELIVERED);

            assertThat(scene.sandbox.log().acceptedContaining("lost answer")).hasSize(1);
            assertThat(scene.accountsOf("lost answer")).containsExactly(scene.acme.sid());
        }
    }

    @Test
    void what_comes_in_through_an_account_is_its_tenants_and_answered_through_it() {
        try (AccountsScene scene = new AccountsScene()) {
            scene.sandbox.handset("+12025550143").text(ACME_SENDER, "hello");

            await(() -> !scene.heard.isEmpty());
            await(() -> scene.sandbox.handset("+12025550143").inbox().stream()
                    .map(SandboxMessage::body)
                    .anyMatch("Thank you"::equals));

            assertThat(scene.heard.element().account()).isEqualTo(new AccountId(scene.acme.sid()));
            assertThat(scene.heard.element().tenant()).isEqualTo(ACME);
            assertThat(scene.accountsOf("Thank you")).containsExactly(scene.acme.sid());
        }
    }

    @Test
    void a_stop_that_nobody_answered_is_fetched_from_the_account_that_got_it() {
        try (AccountsScene scene = new AccountsScene()) {
            scene.web.close();
            scene.sandbox.handset("+12025550143").text(ZENITH_SENDER, "STOP");

            scene.tidings.inbound().fetchMissed(Duration.ofHours(1));

            await(() -> scene.tidings
                    .preview(AccountsScene.message(ZENITH, 43, "an offer"))
                    .receipt()
                    .isRefused());
            assertThat(scene.tidings
                            .preview(AccountsScene.message(ACME, 43, "an offer"))
                            .receipt()
                            .isRefused())
                    .isFalse();
        }
    }

    @Test
    void one_account_can_say_nothing_about_anothers_messages() throws Exception {
        try (AccountsScene scene = new AccountsScene()) {
            MessageId id = scene.send(ZENITH, 1, "victim").get(0);
            await(() -> scene.status(id) == MessageStatus.DELIVERED);
            String url = scene.sandbox.log().callbacks().get(0).url();
            String sid = scene.sandbox.log().callbacks().get(0).sid();
            Map<String, String> asAcme =
                    Map.of("MessageSid", sid, "MessageStatus", "read", "AccountSid", scene.acme.sid());
            Map<String, String> asZenith =
                    Map.of("MessageSid", sid, "MessageStatus", "read", "AccountSid", scene.zenith.sid());
            Map<String, String> asNobody = Map.of("MessageSid", sid, "MessageStatus", "read");

            assertThat(post(url, asAcme, scene.acme.authToken())).isEqualTo(404);
            assertThat(post(url, asZenith, scene.acme.authToken())).isEqualTo(403);
            assertThat(post(url, asNobody, scene.acme.authToken())).isEqualTo(403);
            assertThat(post(url, asZenith, scene.sandbox.authToken())).isEqualTo(404);
            assertThat(scene.status(id)).isEqualTo(MessageStatus.DELIVERED);
            assertThat(scene.tidings.webhooks().counts().forbidden()).isEqualTo(2);
            assertThat(scene.tidings.webhooks().counts().refused()).isEqualTo(2);

            assertThat(post(url, asZenith, scene.zenith.authToken())).isEqualTo(204);
            assertThat(scene.status(id)).isEqualTo(MessageStatus.READ);
        }
    }

    @Test
    void one_account_cannot_opt_people_out_of_another() throws Exception {
        try (AccountsScene scene = new AccountsScene()) {
            Map<String, String> forged = Map.of(
                    "MessageSid", "SM0123456789abcdef0123456789abcdef",
                    "AccountSid", scene.acme.sid(),
                    "From", "+12025550143",
                    "To", ZENITH_SENDER,
                    "Body", "STOP",
                    "NumMedia", "0");

            assertThat(post(scene.web.url() + "/inbound", forged, scene.acme.authToken()))
                    .isEqualTo(200);

            await(() -> scene.tidings
                    .preview(AccountsScene.message(ACME, 43, "an offer"))
                    .receipt()
                    .isRefused());
            assertThat(scene.tidings
                            .preview(AccountsScene.message(ZENITH, 43, "an offer"))
                            .receipt()
                            .isRefused())
                    .isFalse();
        }
    }

    @Test
    void a_new_tenant_needs_no_restart() {
        try (AccountsScene scene = new AccountsScene()) {
            Subaccount below = scene.sandbox.subaccount("Newcomer", "55555");
            TenantId newcomer = new TenantId("newcomer");
            scene.accounts.assign(newcomer, scene.account(below, "55555"));

            assertThat(scene.tidings.audit().search(AuditQuery.all().of(Action.ACCOUNT_ASSIGNED)))
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.tenant()).isEqualTo(newcomer));
            List<MessageId> sent = scene.send(newcomer, 3, "welcome");

            await(() -> scene.all(sent, MessageStatus.DELIVERED));
            assertThat(scene.accountsOf("welcome")).containsExactly(below.sid());
            await(() -> scene.tidings.accounts().stream()
                    .filter(view -> view.tenants().contains(newcomer))
                    .anyMatch(view ->
                            view.health() != null && view.health().check().state() == AccountCheck.State.ACTIVE));
        }
    }

    @Test
    void where_the_rule_is_strict_a_tenant_without_an_account_costs_the_house_nothing() {
        try (AccountsScene scene = new AccountsScene(Accounts.strict())) {
            assertThatThrownBy(() -> scene.send(new TenantId("stranger"), 1, "nothing"))
                    .isInstanceOf(NotConfiguredException.class)
                    .hasMessageContaining("stranger");
            List<MessageId> house = scene.send(TenantId.DEFAULT, 1, "house");
            scene.accounts.unassign(ACME);
            assertThatThrownBy(() -> scene.send(ACME, 1, "nothing")).isInstanceOf(NotConfiguredException.class);

            await(() -> scene.all(house, MessageStatus.DELIVERED));

            assertThat(scene.sandbox.log().acceptedContaining("nothing")).isEmpty();
        }
    }

    @Test
    void an_account_that_reaches_real_people_is_refused_beside_a_sandbox() {
        try (AccountsScene scene = new AccountsScene()) {
            CredentialSource real = CredentialSource.fixed(
                    Credentials.authToken("AC99990000000000000000000000000000", new Secret("no token of anybody")));
            Account live = Twilio.provider(real).account();

            assertThatThrownBy(() -> scene.accounts.assign(new TenantId("real"), live))
                    .isInstanceOf(NotConfiguredException.class)
                    .hasMessageContaining("AC…0000")
                    .hasMessageContaining("real people");
            assertThat(scene.accounts.find(live.id())).isEmpty();
        }
    }

    private static int post(String url, Map<String, String> form, String token)
            throws IOException, InterruptedException, GeneralSecurityException {
        SortedMap<String, String> sorted = new TreeMap<>(form);
        StringBuilder signed = new StringBuilder(url);
        sorted.forEach((name, value) -> signed.append(name).append(value));
        Mac hmac = Mac.getInstance("HmacSHA1");
        hmac.init(new SecretKeySpec(new Secret(token).reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
        String signature = Base64.getEncoder()
                .encodeToString(hmac.doFinal(signed.toString().getBytes(StandardCharsets.UTF_8)));
        String body = sorted.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("X-Twilio-Signature", signature)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
