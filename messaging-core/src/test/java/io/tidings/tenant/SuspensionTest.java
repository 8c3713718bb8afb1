package io.tidings.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidings.Tidings;
import io.tidings.audit.Action;
import io.tidings.audit.AuditEntry;
import io.tidings.audit.AuditQuery;
import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import io.tidings.message.TenantId;
import io.tidings.outbox.Receipt;
import io.tidings.test.TestTidings;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SuspensionTest {
    private static final TenantId GARAGE = new TenantId("garage");

    private final TestTidings kit = TestTidings.overFake(settings -> settings.tenantSettings());
    private final Tidings tidings = kit.tidings();

    @AfterEach
    void close() {
        kit.close();
    }

    private Receipt send(TenantId tenant, String text, Instant at) {
        return tidings.sms().to("+12025550143").tenant(tenant).text(text).at(at).send();
    }

    private Receipt send(TenantId tenant, String text) {
        return send(tenant, text, kit.time().instant());
    }

    private MessageStatus status(MessageId id) {
        return tidings.find(id).orElseThrow().status();
    }

    @Test
    void a_suspended_tenant_is_refused_with_the_reason_and_the_others_are_not() {
        tidings.tenants().suspend(GARAGE, "the bill is not paid");

        Receipt refused = send(GARAGE, "Ready.");
        assertThat(refused.status()).isEqualTo(MessageStatus.REFUSED);
        assertThat(refused.reason()).contains("suspended").contains("the bill is not paid");
        assertThat(send(TenantId.DEFAULT, "Ready.").isRefused()).isFalse();
        kit.runDue();
        assertThat(kit.sent()).hasSize(1);

        tidings.tenants().resume(GARAGE, "paid");
        assertThat(send(GARAGE, "Ready now.").isRefused()).isFalse();
    }

    @Test
    void what_waited_when_a_tenant_was_suspended_leaves_when_it_is_resumed() {
        MessageId waiting = send(GARAGE, "Tomorrow.", kit.time().instant().plus(Duration.ofHours(1)))
                .id();
        tidings.tenants().suspend(GARAGE, "the bill is not paid");
        kit.forward(Duration.ofHours(3)).runDue();
        assertThat(kit.sent()).isEmpty();
        assertThat(status(waiting).isTerminal()).isFalse();
        assertThat(tidings.explain(waiting).orElseThrow().text()).contains("the bill is not paid");

        tidings.tenants().resume(GARAGE, "paid");
        kit.forward(Duration.ofMinutes(2)).runDue();
        assertThat(kit.sent()).hasSize(1);
    }

    @Test
    void of_a_deleted_tenant_nothing_leaves_any_more_and_its_settings_are_gone() {
        tidings.tenants().change(GARAGE, TenantSettings.NONE.withAttempts(2), "contract");
        MessageId waiting = send(GARAGE, "Tomorrow.", kit.time().instant().plus(Duration.ofHours(1)))
                .id();
        tidings.tenants().delete(GARAGE, "it left");
        kit.forward(Duration.ofHours(2)).runDue();

        assertThat(kit.sent()).isEmpty();
        assertThat(status(waiting)).isEqualTo(MessageStatus.REFUSED);
        assertThat(tidings.tenants().settings(GARAGE).attempts()).isNull();
        tidings.tenants().suspend(GARAGE, "again");
        assertThat(Objects.requireNonNull(tidings.tenants().settings(GARAGE).suspension())
                        .forGood())
                .isTrue();

        tidings.tenants().create(GARAGE, TenantSettings.NONE, "it is back");
        assertThat(send(GARAGE, "Hello again.").isRefused()).isFalse();
        assertThatThrownBy(() -> tidings.tenants().create(GARAGE, TenantSettings.NONE, "twice"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("already");
    }

    @Test
    void a_change_of_settings_does_not_end_a_suspension() {
        tidings.tenants().suspend(GARAGE, "the bill is not paid");
        tidings.tenants().change(GARAGE, TenantSettings.NONE.withAttempts(9), "we try");

        assertThat(send(GARAGE, "Ready.").isRefused()).isTrue();
        assertThat(TenantSettings.parse(tidings.tenants().settings(GARAGE).values()))
                .isEqualTo(tidings.tenants().settings(GARAGE));
    }

    @Test
    void every_step_is_in_the_audit_trail_with_its_reason() {
        tidings.tenants().create(GARAGE, TenantSettings.NONE, "signed");
        tidings.tenants().suspend(GARAGE, "not paid");
        tidings.tenants().resume(GARAGE, "paid");
        tidings.tenants().delete(GARAGE, "left");

        assertThat(reason(Action.TENANT_CREATED)).isEqualTo("signed");
        assertThat(reason(Action.TENANT_SUSPENDED)).isEqualTo("not paid");
        assertThat(reason(Action.TENANT_RESUMED)).isEqualTo("paid");
        assertThat(reason(Action.TENANT_DELETED)).isEqualTo("left");
    }

    private String reason(Action action) {
        AuditEntry entry = tidings.audit().search(AuditQuery.all().of(action)).get(0);
        assertThat(entry.tenant()).isEqualTo(GARAGE);
        return Objects.requireNonNull(Objects.requireNonNull(entry.data()).reason());
    }
}
