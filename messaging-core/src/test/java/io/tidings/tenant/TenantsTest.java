package io.tidings.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidings.Tidings;
import io.tidings.audit.Action;
import io.tidings.audit.AuditEntry;
import io.tidings.audit.AuditLog;
import io.tidings.audit.AuditQuery;
import io.tidings.audit.AuditSettings;
import io.tidings.audit.MemoryAudit;
import io.tidings.gate.SendingHours;
import io.tidings.history.MessageFilter;
import io.tidings.message.Category;
import io.tidings.message.MemoryTransactions;
import io.tidings.message.MessageStatus;
import io.tidings.message.NotConfiguredException;
import io.tidings.message.OutboundMessage;
import io.tidings.message.PhoneNumber;
import io.tidings.message.TenantId;
import io.tidings.outbox.Receipt;
import io.tidings.report.MessageQuery;
import io.tidings.test.SteppableTime;
import io.tidings.test.TestTidings;
import io.tidings.test.Times;
import io.tidings.throttle.Rate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TenantsTest {
    private static final TenantId GARAGE = new TenantId("garage");
    private static final TenantId BAKERY = new TenantId("bakery");

    private final TestTidings kit =
            TestTidings.overFake(settings -> settings.tenantSettings().repeatWindow(Duration.ZERO));
    private final Tidings tidings = kit.tidings();
    private int made;

    @AfterEach
    void close() {
        kit.close();
    }

    private Receipt send(TenantId tenant, Category category) {
        made++;
        return tidings.send(OutboundMessage.to(new PhoneNumber("+120255501%02d".formatted(made % 100)))
                .tenant(tenant)
                .category(category)
                .text("Order " + made)
                .build());
    }

    private void change(TenantSettings settings) {
        tidings.tenants().change(GARAGE, settings, "the contract says so");
    }

    @Test
    void a_daily_limit_holds_for_its_tenant_alone_and_at_once() {
        change(TenantSettings.NONE.withDailyMessages(2L));

        for (int i = 0; i < 2; i++) {
            assertThat(send(GARAGE, Category.TRANSACTIONAL).isRefused()).isFalse();
            kit.runDue();
        }
        assertThat(send(GARAGE, Category.TRANSACTIONAL).reason()).contains("budget");
        assertThat(send(BAKERY, Category.TRANSACTIONAL).isRefused()).isFalse();

        change(TenantSettings.NONE.withDailyMessages(3L));
        assertThat(send(GARAGE, Category.TRANSACTIONAL).isRefused()).isFalse();
    }

    @Test
    void hours_of_a_tenant_take_the_place_of_the_hosts() {
        Instant now = kit.time().instant();
        int hour = now.atZone(ZoneId.of("America/New_York")).getHour();
        SendingHours later = SendingHours.between((hour + 3) % 24, (hour + 4) % 24);
        change(TenantSettings.NONE.withHours(Category.TRANSACTIONAL, later));

        Receipt held = send(GARAGE, Category.TRANSACTIONAL);

        assertThat(held.status()).isEqualTo(MessageStatus.SCHEDULED);
        assertThat(held.reason()).contains("quiet hour");
        assertThat(send(BAKERY, Category.TRANSACTIONAL).status()).isEqualTo(MessageStatus.QUEUED);
        assertThat(send(GARAGE, Category.ALERT).status()).isEqualTo(MessageStatus.QUEUED);
    }

    @Test
    void attempts_of_a_tenant_take_the_place_of_the_hosts() {
        change(TenantSettings.NONE.withAttempts(1));
        kit.fake().failNext(30003, Times.times(2));

        Receipt once = send(GARAGE, Category.TRANSACTIONAL);
        kit.runDue();
        Receipt again = send(BAKERY, Category.TRANSACTIONAL);
        kit.runDue();

        assertThat(tidings.find(once.id()).orElseThrow().status().isTerminal()).isTrue();
        assertThat(tidings.find(again.id()).orElseThrow().status()).isEqualTo(MessageStatus.QUEUED);
    }

    @Test
    void a_rate_of_a_tenant_slows_it_alone_and_can_be_lifted_while_running() {
        change(TenantSettings.NONE.withRate(Rate.perMinute(1)));
        for (int i = 0; i < 3; i++) {
            send(GARAGE, Category.TRANSACTIONAL);
            send(BAKERY, Category.TRANSACTIONAL);
        }

        kit.runDue().forward(Duration.ofSeconds(1)).runDue();
        assertThat(sentBy(GARAGE)).as("a bucket that nobody knows is full").isEqualTo(1);
        assertThat(sentBy(BAKERY)).isEqualTo(3);
        kit.forward(Duration.ofSeconds(61)).runDue();
        assertThat(sentBy(GARAGE)).isEqualTo(2);

        change(TenantSettings.NONE);
        kit.forward(Duration.ofMinutes(1)).runDue();
        assertThat(sentBy(GARAGE)).isEqualTo(3);
    }

    private long sentBy(TenantId tenant) {
        return tidings.history().page(MessageQuery.of(MessageFilter.of(tenant))).messages().stream()
                .filter(view -> view.tries().attempts() > 0)
                .count();
    }

    @Test
    void a_change_is_in_the_audit_trail_with_old_and_new() {
        change(TenantSettings.NONE.withAttempts(2).withDailyMessages(10L));
        kit.forward(Duration.ofSeconds(1));
        change(TenantSettings.NONE.withAttempts(4).withDailyMessages(10L));

        AuditEntry entry = tidings.audit()
                .search(AuditQuery.all().of(Action.TENANT_CHANGED))
                .get(0);

        assertThat(entry.tenant()).isEqualTo(GARAGE);
        assertThat(Objects.requireNonNull(entry.data()).reason()).isEqualTo("the contract says so");
        assertThat(entry.data().details()).hasSize(1).containsEntry("attempts", "2 -> 4");
    }

    @Test
    void another_node_sees_a_change_within_five_seconds() {
        SteppableTime time = new SteppableTime();
        MemoryTransactions transactions = new MemoryTransactions();
        TenantSettingsStore store = new MemoryTenantSettings(transactions);
        AuditLog log = new AuditLog(transactions, new MemoryAudit(transactions), AuditSettings.defaults(), time);
        Tenants one = new Tenants(store, log, time);
        Tenants other = new Tenants(store, log, time);
        assertThat(other.settings(GARAGE)).isEqualTo(TenantSettings.NONE);

        TenantSettings changed = TenantSettings.NONE.withAttempts(9);
        one.change(GARAGE, changed, "moved");

        assertThat(one.settings(GARAGE)).isEqualTo(changed);
        assertThat(other.settings(GARAGE)).isEqualTo(TenantSettings.NONE);
        time.forward(Duration.ofSeconds(5));
        assertThat(other.settings(GARAGE)).isEqualTo(changed);
    }

    @Test
    void settings_are_the_same_after_being_written_and_read() {
        TenantSettings all = TenantSettings.NONE
                .withRate(new Rate(7, Duration.ofSeconds(90)))
                .withAttempts(2)
                .withHours(Category.MARKETING, SendingHours.between(9, 18))
                .withHours(Category.OTP, SendingHours.between(22, 6))
                .withDailyMessages(0L);

        assertThat(TenantSettings.parse(all.values())).isEqualTo(all);
        assertThat(TenantSettings.parse(TenantSettings.NONE.values())).isEqualTo(TenantSettings.NONE);
        assertThat(TenantSettings.parse(Map.of("later", "unknown"))).isEqualTo(TenantSettings.NONE);
    }

    @Test
    void impossible_settings_are_refused() {
        for (Integer attempts : List.of(0, -1, 101)) {
            assertThatThrownBy(() -> TenantSettings.NONE.withAttempts(attempts))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> TenantSettings.NONE.withDailyMessages(-1L))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void without_the_setting_there_are_no_tenants_to_change() {
        try (TestTidings plain = TestTidings.overFake()) {
            assertThatThrownBy(() -> plain.tidings().tenants()).isInstanceOf(NotConfiguredException.class);
        }
    }
}
