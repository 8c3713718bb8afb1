package io.tidings;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.audit.Action;
import io.tidings.audit.AuditData;
import io.tidings.audit.AuditEntry;
import io.tidings.audit.AuditQuery;
import io.tidings.budget.Allowance;
import io.tidings.budget.BudgetLimit;
import io.tidings.budget.BudgetLimit.Period;
import io.tidings.budget.Budgets;
import io.tidings.gate.FrequencyCap;
import io.tidings.message.Category;
import io.tidings.pumping.PumpingLimits;
import io.tidings.test.FakeProvider;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SettingsInTheTrailTest {

    @Test
    void a_start_records_what_gates_and_dispatcher_decide_by_in_words_and_always_the_same() {
        Map<String, String> first = started();

        assertThat(first).isEqualTo(started());
        assertThat(String.join("\n", first.values())).doesNotContain("@").doesNotContain("Lambda");
        assertThat(first)
                .containsEntry("frequencyCaps", "[FrequencyCap[OTP ALERT MARKETING, 3 in PT24H]]")
                .containsEntry(
                        "budgets",
                        "Budgets[limits=[BudgetLimit[scope=TENANT, name=null, period=DAY, most=25 USD]], zone=Z,"
                                + " campaignTag=campaign, thresholds=[50, 80, 100]]");
    }

    private static Map<String, String> started() {
        Tidings tidings = Tidings.builder(new FakeProvider())
                .from("+12025550100")
                .prices(io.tidings.price.PriceBook.unknown())
                .frequencyCaps(new FrequencyCap(
                        Set.of(Category.OTP, Category.MARKETING, Category.ALERT), 3, Duration.ofDays(1)))
                .budgets(Budgets.none().with(BudgetLimit.eachTenant(Period.DAY, Allowance.of("25.00", "USD"))))
                .pumping(PumpingLimits.defaults())
                .start();
        try (tidings) {
            List<AuditEntry> entries = tidings.audit().search(AuditQuery.all().of(Action.SYSTEM_STARTED));
            AuditData data = Objects.requireNonNull(entries.get(0).data());
            return data.details();
        }
    }
}
