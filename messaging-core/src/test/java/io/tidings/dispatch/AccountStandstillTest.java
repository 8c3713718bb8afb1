package io.tidings.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.audit.Action;
import io.tidings.audit.AuditEntry;
import io.tidings.audit.AuditQuery;
import io.tidings.message.MessageStatus;
import io.tidings.outbox.Receipt;
import io.tidings.provider.AccountCheck;
import io.tidings.test.TestTidings;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AccountStandstillTest {

    private static List<String> acts(TestTidings kit) {
        return kit.tidings().audit().search(AuditQuery.all()).stream()
                .map(AuditEntry::action)
                .filter(action -> action.equals(Action.ACCOUNT_PAUSED) || action.equals(Action.ACCOUNT_RESUMED))
                .map(Action::toString)
                .toList();
    }

    @ParameterizedTest
    @EnumSource(names = {"SUSPENDED", "REJECTED"})
    void what_a_health_check_finds_wrong_stops_the_account_before_a_message_is_lost_to_it(AccountCheck.State wrong) {
        try (TestTidings kit = TestTidings.overFake()) {
            kit.fake().account(wrong);
            kit.tidings().validate();
            assertThat(kit.tidings().standstill()).contains("the fake account is " + wrong);
            Receipt sent = kit.tidings().sms("+12025550143", "Your car is ready.");
            kit.forward(Duration.ofMinutes(5)).runDue();
            assertThat(kit.fake().submissions()).isZero();

            kit.fake().account(AccountCheck.State.ACTIVE);
            kit.forward(Duration.ofSeconds(10)).runDue();

            assertThat(kit.tidings().find(sent.id()).orElseThrow().status()).isEqualTo(MessageStatus.DELIVERED);
            assertThat(acts(kit)).containsExactly("account.resumed", "account.paused");
            AuditEntry paused = kit.tidings()
                    .audit()
                    .search(AuditQuery.all().of(Action.ACCOUNT_PAUSED))
                    .get(0);
            assertThat(Objects.requireNonNull(paused.data()).reason()).isEqualTo("the fake account is " + wrong);
        }
    }

    @Test
    void a_check_that_only_failed_to_come_through_stops_nothing() {
        try (TestTidings kit = TestTidings.overFake()) {
            kit.fake().account(AccountCheck.State.UNREACHABLE);
            kit.tidings().validate();

            assertThat(kit.tidings().standstill()).isEmpty();
            assertThat(acts(kit)).isEmpty();
        }
    }

    @Test
    void a_refused_message_is_recorded_as_the_pause_that_it_causes_once() {
        try (TestTidings kit = TestTidings.overFake()) {
            kit.fake().account(AccountCheck.State.SUSPENDED);
            kit.tidings().sms("+12025550143", "Your car is ready.");
            kit.forward(Duration.ofHours(1)).runDue();
            assertThat(acts(kit)).containsExactly("account.paused");

            kit.fake().account(AccountCheck.State.ACTIVE);
            kit.forward(Duration.ofHours(1)).runDue();

            assertThat(acts(kit)).containsExactly("account.resumed", "account.paused");
        }
    }
}
