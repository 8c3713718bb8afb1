package io.tidings.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.Tidings;
import io.tidings.TidingsBuilder;
import io.tidings.account.CredentialSource;
import io.tidings.account.Credentials;
import io.tidings.budget.Allowance;
import io.tidings.budget.BudgetLimit;
import io.tidings.budget.BudgetLimit.Period;
import io.tidings.budget.Budgets;
import io.tidings.gate.CheckRule;
import io.tidings.gate.ContentFlags;
import io.tidings.gate.FrequencyCap;
import io.tidings.gate.QuietHours;
import io.tidings.gate.SendCheck;
import io.tidings.gate.SendingHours;
import io.tidings.message.Category;
import io.tidings.message.MessageStatus;
import io.tidings.message.Secret;
import io.tidings.message.TenantId;
import io.tidings.price.PriceBook;
import io.tidings.pumping.PumpingLimits;
import io.tidings.sandbox.Sandbox;
import io.tidings.twilio.Twilio;
import java.io.StringReader;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The code of docs/gates.md. */
class GateSnippetsTest {
    private final List<String> alerts = new ArrayList<>();

    private static boolean stillStands(String appointment) {
        return !appointment.equals("cancelled");
    }

    @Test
    void every_gate_is_configured_at_the_builder() {
        PriceBook prices = PriceBook.csv(
                new StringReader("channel,destination,from,price,currency\nSMS,US,2026-01-01,0.0079,USD\n"));
        try (Sandbox sandbox = Sandbox.builder().sender("55512").start()) {
            TidingsBuilder builder = Tidings.builder(Twilio.provider(CredentialSource.fixed(
                                    Credentials.authToken(sandbox.accountSid(), new Secret(sandbox.authToken()))))
                            .baseUrl(URI.create(sandbox.url()))
                            .build())
                    .from("55512")
                    .homeCountry("US");
            // tag::quiet
            builder.quietHours(QuietHours.defaults()
                            .with(Category.TRANSACTIONAL, SendingHours.between(7, 22))
                            .withCountry("DE", SendingHours.between(9, 20))
                            .withSpread(Duration.ofMinutes(45)))
                    .recipientZones((tenant, to) -> Set.of(ZoneId.of("America/Chicago")));
            // end::quiet
            // tag::frequency
            builder.frequencyCaps(
                    FrequencyCap.marketing(1, Duration.ofDays(1)), FrequencyCap.marketing(4, Duration.ofDays(30)));
            // end::frequency
            // tag::budget
            builder.prices(prices)
                    .budgets(Budgets.none()
                            .withZone(ZoneId.of("America/New_York"))
                            .with(BudgetLimit.eachTenant(Period.DAY, Allowance.of("25.00", "USD")))
                            .with(BudgetLimit.tenant(new TenantId("acme"), Period.DAY, Allowance.of("200.00", "USD")))
                            .with(BudgetLimit.eachCampaign(Period.TOTAL, Allowance.segments(50_000)))
                            .withAlerts(
                                    alert -> alerts.add(alert.percent() + " % of " + alert.limit()),
                                    List.of(50, 80, 100)));
            // end::budget
            // tag::content
            builder.contentFlags(
                    ContentFlags.none()
                            .with("lending", ContentFlags.Action.REFUSE, "payday loan", "debt relief")
                            .with("complaint", ContentFlags.Action.FLAG, "lawyer", "refund"),
                    finding -> alerts.add(finding.message() + " " + finding.flags()));
            // end::content
            // tag::check
            builder.sendCheck(CheckRule.of(
                            candidate -> stillStands(candidate.tags().getOrDefault("appointment", ""))
                                    ? SendCheck.pass()
                                    : SendCheck.refuse("the appointment was cancelled"))
                    .withCategories(Set.of(Category.TRANSACTIONAL)));
            // end::check
            // tag::pumping
            builder.pumping(PumpingLimits.defaults().withMost(5, 30, 2_000).withLeastVerified(20, 25));
            // end::pumping
            try (Tidings tidings = builder.build()) {
                assertThat(tidings.sms("+12025550143", "No payday loan today.").status())
                        .isEqualTo(MessageStatus.REFUSED);
                var gone = tidings.sms()
                        .to("+12025550143")
                        .zone(ZoneId.of("America/New_York"))
                        .category(Category.TRANSACTIONAL)
                        .tag("appointment", "cancelled")
                        .text("See you at nine.")
                        .send();
                assertThat(gone.isRefused()).isFalse();
                var code = tidings.sms()
                        .to("+12025550144")
                        .category(Category.OTP)
                        .text("Your code is 1234.")
                        .send();
                // tag::confirmed
                tidings.confirmed(code.id());
                // end::confirmed
                assertThat(alerts).singleElement().asString().contains("lending");
            }
        }
    }
}
