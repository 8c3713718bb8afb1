package io.tidings;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.audit.Action;
import io.tidings.audit.Actor;
import io.tidings.audit.AuditEntry;
import io.tidings.audit.AuditQuery;
import io.tidings.audit.AuditSettings;
import io.tidings.dispatch.SenderRates;
import io.tidings.message.Category;
import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import io.tidings.message.OutboundMessage;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Sender;
import io.tidings.message.TenantId;
import io.tidings.outbox.Receipt;
import io.tidings.provider.AccountCheck;
import io.tidings.retry.CategoryRule;
import io.tidings.retry.RetryPolicy;
import io.tidings.retry.UncertainPolicy;
import io.tidings.template.TemplateDraft;
import io.tidings.test.FakeProvider;
import io.tidings.test.TestTidings;
import io.tidings.test.Times;
import io.tidings.throttle.Rate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every operation of the facade leaves one entry that says who did what to whom. */
class AuditedOperationsTest {
    private static final Actor ANN = Actor.user("u-17");
    private static final TenantId TENANT = new TenantId("garage");
    private static final PhoneNumber CUSTOMER = new PhoneNumber("+12025550143");
    private static final AuditSettings BY_ANN = AuditSettings.defaults().withActors(() -> ANN);

    private final TestTidings kit =
            TestTidings.overFake(settings -> settings.audit(BY_ANN).retry(policy()));
    private final Tidings tidings = kit.tidings();

    private static RetryPolicy policy() {
        CategoryRule atMostOnce = CategoryRule.DEFAULT.withUncertain(UncertainPolicy.atMostOnce(Duration.ofMinutes(5)));
        return RetryPolicy.defaults().withRule(Category.MARKETING, atMostOnce);
    }

    @AfterEach
    void close() {
        kit.close();
    }

    private static OutboundMessage.Builder message(String text) {
        return OutboundMessage.to(CUSTOMER).tenant(TENANT).text(text);
    }

    /** The one entry of this action. */
    private AuditEntry only(Action action) {
        return only(tidings, action);
    }

    private static AuditEntry only(Tidings tidings, Action action) {
        List<AuditEntry> found = tidings.audit().search(AuditQuery.all().of(action));
        assertThat(found).as("entries of %s", action).hasSize(1);
        return found.get(0);
    }

    private void about(Action action, Actor actor, @Nullable MessageId message) {
        AuditEntry entry = only(action);
        assertThat(entry.actor()).isEqualTo(actor);
        assertThat(entry.tenant()).isEqualTo(TENANT);
        assertThat(entry.message()).isEqualTo(message);
        assertThat(Objects.requireNonNull(entry.data()).person()).isEqualTo(CUSTOMER);
    }

    private static Map<String, String> details(AuditEntry entry) {
        return Objects.requireNonNull(entry.data()).details();
    }

    private Receipt dead(String text) {
        kit.fake().failNext(20404);
        Receipt receipt = tidings.send(message(text).build());
        kit.runDue();
        assertThat(tidings.find(receipt.id()).orElseThrow().status()).isEqualTo(MessageStatus.DEAD);
        return receipt;
    }

    @Test
    void send() {
        Receipt receipt = tidings.send(message("Ready.").build());

        about(Action.MESSAGE_SENT, ANN, receipt.id());
    }

    @Test
    void a_refusal_by_a_gate() {
        tidings.optOut(TENANT, CUSTOMER, "desk");

        Receipt receipt = tidings.send(message("Ready.").build());

        about(Action.MESSAGE_REFUSED, ANN, receipt.id());
    }

    @Test
    void resend() {
        Receipt first = tidings.send(message("Ready.").build());
        kit.runDue().forward(Duration.ofDays(2));

        Receipt second = tidings.resend(first.id());

        about(Action.MESSAGE_RESENT, ANN, second.id());
        assertThat(details(only(Action.MESSAGE_RESENT)))
                .containsEntry("resendOf", first.id().toString());
    }

    @Test
    void replaying_a_dead_letter() {
        Receipt dead = dead("Ready.");

        assertThat(tidings.deadLetters().replay(dead.id())).isTrue();

        about(Action.DEAD_LETTER_REPLAYED, ANN, dead.id());
    }

    @Test
    void closing_a_dead_letter() {
        Receipt dead = dead("Ready.");

        assertThat(tidings.deadLetters().close(dead.id())).isTrue();

        about(Action.DEAD_LETTER_CLOSED, ANN, dead.id());
    }

    @Test
    void cancelling_by_id() {
        Receipt receipt = tidings.send(message("Ready.").build());

        tidings.cancel(receipt.id());

        about(Action.MESSAGE_CANCELLED, ANN, receipt.id());
    }

    @Test
    void cancelling_by_key() {
        Receipt receipt = tidings.send(message("Ready.").key("order-1").build());

        tidings.cancel(TENANT, "order-1");

        about(Action.MESSAGE_CANCELLED, ANN, receipt.id());
    }

    @Test
    void cancelling_by_tag() {
        Receipt receipt = tidings.send(message("Ready.").tag("campaign", "may").build());

        tidings.cancelTagged(TENANT, "campaign", "may");

        about(Action.MESSAGE_CANCELLED, ANN, receipt.id());
    }

    @Test
    void opt_out_opt_in_and_forget() {
        tidings.optOut(TENANT, CUSTOMER, "desk");
        about(Action.OPT_OUT, ANN, null);

        tidings.optIn(TENANT, CUSTOMER, "desk");
        about(Action.OPT_IN, ANN, null);

        tidings.consent().forget(TENANT, CUSTOMER);
        AuditEntry forgotten = only(Action.CONSENT_FORGOTTEN);
        assertThat(forgotten.actor()).isEqualTo(ANN);
        assertThat(forgotten.tenant()).isEqualTo(TENANT);
        assertThat(Objects.requireNonNull(forgotten.data()).person()).isNull();
    }

    @Test
    void an_opt_out_that_the_provider_reports() {
        kit.fake().failNext(21610);

        tidings.send(message("Ready.").build());
        kit.runDue();

        about(Action.OPT_OUT, Actor.system("consent"), null);
    }

    @Test
    void erasing_a_person() {
        tidings.send(message("Ready.").build());

        assertThat(tidings.audit().erase(TENANT, CUSTOMER)).isEqualTo(1);

        assertThat(only(Action.ERASED).actor()).isEqualTo(ANN);
        assertThat(only(Action.MESSAGE_SENT).data()).isNull();
    }

    @Test
    void templates_saved_and_deleted() {
        tidings.templates().create(TemplateDraft.of("ready", "Ready."));
        tidings.templates().delete("ready");

        for (Action action : List.of(Action.TEMPLATE_SAVED, Action.TEMPLATE_DELETED)) {
            assertThat(only(action).actor()).isEqualTo(ANN);
            assertThat(details(only(action))).containsEntry("template", "ready");
        }
    }

    @Test
    void a_change_of_rates() {
        tidings.changeRates(SenderRates.defaults().with(new Sender.ShortCode(TestTidings.SENDER), Rate.perSecond(7)));

        assertThat(only(Action.RATES_CHANGED).actor()).isEqualTo(ANN);
        assertThat(details(only(Action.RATES_CHANGED))).isNotEmpty();
    }

    @Test
    void a_second_copy_that_the_policy_chose() {
        kit.fake().loseRequests(Times.once());
        Receipt receipt = tidings.send(
                message("Your code is 123456.").category(Category.OTP).build());

        kit.runDue().forward(Duration.ofMinutes(5)).runDue();

        about(Action.POLICY_RESENT, Actor.system("retry-policy"), receipt.id());
    }

    @Test
    void a_message_that_the_policy_gave_up() {
        kit.fake().loseRequests(Times.once());
        Receipt receipt = tidings.send(
                message("Spring sale.").category(Category.MARKETING).build());

        kit.runDue().forward(Duration.ofDays(1)).runDue();

        about(Action.POLICY_GAVE_UP, Actor.system("retry-policy"), receipt.id());
    }

    @Test
    void an_account_that_stands_still_and_sends_again() {
        kit.fake().account(AccountCheck.State.REJECTED);
        tidings.send(message("Ready.").build());
        kit.runDue().forward(Duration.ofSeconds(10));

        AuditEntry paused = only(Action.ACCOUNT_PAUSED);
        kit.fake().account(AccountCheck.State.ACTIVE);
        kit.forward(Duration.ofMinutes(5)).runDue();

        assertThat(paused.actor()).isEqualTo(Actor.system("dispatch"));
        assertThat(details(paused)).containsEntry("account", "default");
        assertThat(Objects.requireNonNull(paused.data()).reason()).contains("20003");
        assertThat(only(Action.ACCOUNT_RESUMED).actor()).isEqualTo(Actor.system("dispatch"));
    }

    @Test
    void start_and_stop() {
        Tidings node = Tidings.builder(new FakeProvider())
                .from(TestTidings.SENDER)
                .homeCountry("US")
                .audit(BY_ANN)
                .start();
        try (node) {
            assertThat(only(node, Action.SYSTEM_STARTED).actor()).isEqualTo(ANN);
            assertThat(details(only(node, Action.SYSTEM_STARTED))).containsKeys("homeCountry", "dispatch", "consent");
        }
        assertThat(only(node, Action.SYSTEM_STOPPED).actor()).isEqualTo(ANN);
        assertThat(node.audit().verify().isIntact()).isTrue();
    }
}
